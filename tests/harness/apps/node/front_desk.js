// A front desk on node's own http: greets by cookie, redirects, takes a message, texts the owner over REST.
'use strict';
const http = require('http');
const { URL, URLSearchParams } = require('url');

const account = process.env.TWILIO_ACCOUNT_SID;
const token = process.env.TWILIO_AUTH_TOKEN;
const api = process.env.TWILIO_API_BASE || '';

function rest(path, form) {
  const body = new URLSearchParams(form).toString();
  return new Promise((resolve, reject) => {
    const asked = http.request(`${api}/2010-04-01/Accounts/${account}/${path}`, {
      method: 'POST',
      auth: `${account}:${token}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) },
    }, (answered) => {
      let text = '';
      answered.on('data', (chunk) => { text += chunk; });
      answered.on('end', () => resolve(JSON.parse(text)));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const twiml = (inner) => `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${inner}</Response>`;

const pages = {
  '/': async (params, request, response) => {
    response.writeHead(302, { Location: '/welcome', 'Set-Cookie': 'seen=yes; Path=/; HttpOnly' });
    response.end();
  },
  '/welcome': async (params, request) => {
    const known = /seen=yes/.test(request.headers.cookie || '');
    return twiml(`<Gather input="dtmf speech" numDigits="1" action="choice" timeout="4">` +
      `<Say>${known ? 'Cookies work.' : 'No cookie.'} Press 1 for the desk, 2 to leave a message.</Say></Gather>` +
      `<Say>Goodbye.</Say>`);
  },
  '/choice': async (params) => {
    if (params.Digits === '1' || /desk/i.test(params.SpeechResult || '')) {
      return twiml(`<Dial action="/dialled" timeout="10"><Number>+14155550101</Number></Dial>`);
    }
    if (params.Digits === '2') {
      return twiml(`<Say>After the tone.</Say><Record action="/recorded" maxLength="30" finishOnKey="#"/>`);
    }
    return twiml(`<Redirect method="GET">/welcome?again=1</Redirect>`);
  },
  '/dialled': async (params) => twiml(`<Say>The desk was ${params.DialCallStatus}.</Say>`),
  '/recorded': async (params) => {
    const sent = await rest('Messages.json', {
      To: '+14155550199', From: params.To, Body: `${params.RecordingDuration} seconds: ${params.RecordingUrl}`,
    });
    return twiml(`<Say>Your message is ${sent.status}.</Say>`);
  },
  '/ended': async () => '',
};

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', async () => {
    const url = new URL(request.url, 'http://localhost');
    const params = Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
    const page = pages[url.pathname];
    if (!page) { response.writeHead(404); response.end(); return; }
    const text = await page(params, request, response);
    if (text === undefined) return;
    response.writeHead(200, { 'Content-Type': 'text/xml' });
    response.end(text);
  });
});
server.listen(Number(process.env.PORT || 0), '127.0.0.1', () => console.log(server.address().port));
