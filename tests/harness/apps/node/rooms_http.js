// Meeting rooms on Node's bare http: TwiML in strings, sent in pieces; a cookie, and a relative redirect after the form.
'use strict';
const http = require('http');
const { parse } = require('querystring');

const MUSIC = 'http://twimlets.com/holdmusic?Bucket=com.twilio.music.classical';

const pages = {
  '/': () => `<Gather action="room?floor=2&amp;wing=east" method="GET" numDigits="3" finishOnKey="">
    <Say>Enter the room &amp; wait. <break time="1s"/> Three digits.</Say></Gather><Redirect>/</Redirect>`,
  '/join': (form, room) => `<Say>Room ${room}.</Say>
    <Dial hangupOnStar="true" action="/after" method="GET" timeLimit="600">
      <Conference beep="false" waitUrl="${MUSIC}" waitMethod="GET" maxParticipants="3">${room}</Conference></Dial>`,
  '/after': (form) => `<Gather input="dtmf speech" timeout="3" numDigits="1" action="rate">
    <Say>You left: ${form.DialCallStatus}. How was it?</Say></Gather>`,
  '/rate': (form, room) => `<Say>Room ${room} was ${form.Digits || form.SpeechResult}.</Say><Hangup/>`,
};

const server = http.createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => { body += chunk; });
  req.on('end', () => {
    const url = new URL(req.url, `http://${req.headers.host}`);
    const form = { ...Object.fromEntries(url.searchParams), ...parse(body) };
    const [, room] = (req.headers.cookie || '').match(/room=(\w+)/) || [];
    if (url.pathname === '/room') {
      const cookies = [`room=${form.wing}${form.Digits}; Path=/; HttpOnly`, 'seen=1; Max-Age=60'];
      res.writeHead(302, { Location: './join', 'Set-Cookie': cookies });
      res.end();
    } else if (pages[url.pathname]) {
      res.writeHead(200, { 'Content-Type': 'text/xml' });
      res.write('<?xml version="1.0" encoding="UTF-8"?>\n<Response>');
      res.end(`${pages[url.pathname](form, room)}</Response>`);
    } else {
      res.writeHead(404);
      res.end();
    }
  });
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
