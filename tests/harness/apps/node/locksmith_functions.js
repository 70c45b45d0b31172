// A locksmith's night line as serverless functions: handlers of (context, event, callback), and what runs them.
'use strict';
const http = require('node:http');
const https = require('node:https');

const ON_DUTY = '+14155550101';

// As an application in the cloud has it: api.twilio.com, and no other place configured.
function twilio(context, path, form) {
  return new Promise((resolve, reject) => {
    const asked = https.request({
      hostname: 'api.twilio.com',
      path: `/2010-04-01/Accounts/${context.ACCOUNT_SID}/${path}.json`,
      method: 'POST',
      auth: `${context.ACCOUNT_SID}:${context.AUTH_TOKEN}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }, (answered) => {
      let text = '';
      answered.on('data', (part) => { text += part; });
      answered.on('end', () => resolve(JSON.parse(text)));
    });
    asked.on('error', reject);
    asked.end(new URLSearchParams(form).toString());
  });
}

const xml = (verbs) => ({
  statusCode: 200,
  headers: { 'Content-Type': 'text/xml; charset=utf-8' },
  body: `<Response>${verbs}</Response>`,
});

const handlers = {
  night(context, event, callback) {
    const known = event.request.cookies.place;
    if (!event.SpeechResult) {
      return callback(null, xml(
        `<Gather input="speech" hints="Hafenstraße, Rue de l'Église" action="https://${context.DOMAIN_NAME}/night">` +
        `<Say>${known ? 'Still locked out?' : 'Where are you locked out?'}</Say></Gather><Redirect>night</Redirect>`));
    }
    const answer = xml(`<Redirect>/send?place=${encodeURIComponent(event.SpeechResult)}&amp;from=night line</Redirect>`);
    answer.headers['Set-Cookie'] = `place=${encodeURIComponent(event.SpeechResult)}; Path=/; Secure`;
    return callback(null, answer);
  },

  async send(context, event, callback) {
    const asked = await twilio(context, 'Calls', {
      To: ON_DUTY,
      From: event.To,
      Url: `https://${context.DOMAIN_NAME}/brief?place=${encodeURIComponent(event.place)}`,
      StatusCallback: `https://${context.DOMAIN_NAME}/told`,
    });
    callback(null, xml(`<Say>Somebody is ${asked.status === 'queued' ? 'on the way' : 'not to be had'} to ${event.place}.</Say>` +
      `<Enqueue waitUrl="https://${context.DOMAIN_NAME}/wait" action="done">jobs</Enqueue>`));
  },

  brief: (context, event, callback) => callback(null, xml(
    `<Say>Somebody is locked out at ${event.place}, says the cookie ${event.request.cookies.place || 'nothing'}.</Say>` +
    '<Dial><Queue>jobs</Queue></Dial>')),

  wait: (context, event, callback) => callback(null, xml(
    `<Say>You are number ${event.QueuePosition}.</Say><Pause length="20"/>`)),

  done: (context, event, callback) => callback(null,
    event.QueueResult === 'bridged' ? xml('<Say>Good night.</Say>') : 'Nobody came.'),

  told: (context, event, callback) => callback(null, { statusCode: 204, headers: {}, body: '' }),

  broken: (context, event, callback) => callback(new TypeError('event.lock is undefined')),
};

function cookiesOf(request) {
  return Object.fromEntries((request.headers.cookie || '').split('; ').filter(Boolean).map((each) => {
    const [name, ...value] = each.split('=');
    return [name, decodeURIComponent(value.join('='))];
  }));
}

http.createServer((request, response) => {
  let body = '';
  request.on('data', (part) => { body += part; });
  request.on('end', () => {
    const url = new URL(request.url, 'http://localhost');
    const event = Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
    event.request = { headers: request.headers, cookies: cookiesOf(request) };
    const context = {
      DOMAIN_NAME: request.headers.host,
      ACCOUNT_SID: process.env.TWILIO_ACCOUNT_SID,
      AUTH_TOKEN: process.env.TWILIO_AUTH_TOKEN,
    };
    const handler = handlers[url.pathname.slice(1)];
    if (!handler) return response.writeHead(404).end();
    return handler(context, event, (error, answer) => {
      if (error) {
        response.writeHead(500, { 'Content-Type': 'application/json' });
        return response.end(JSON.stringify({ name: error.name, message: error.message }));
      }
      if (typeof answer === 'string') return response.writeHead(200, { 'Content-Type': 'text/plain' }).end(answer);
      return response.writeHead(answer.statusCode, answer.headers).end(answer.body);
    });
  });
}).listen(0, '127.0.0.1', function ready() { console.log(this.address().port); });
