// As people write it with Express: routes with res.type('text/xml').send(...); the few lines of Express it needs are below.
'use strict';
const http = require('http');

function express() {
  const routes = [];
  const app = { post: (path, act) => routes.push(['POST', path, act]), get: (path, act) => routes.push(['GET', path, act]) };
  app.listen = (port, host, ready) => {
    const server = http.createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => { body += chunk; });
      req.on('end', () => {
        const [path, query] = req.url.split('?');
        req.query = Object.fromEntries(new URLSearchParams(query));
        req.body = Object.fromEntries(new URLSearchParams(body));
        res.type = (kind) => { res.kind = kind; return res; };
        // Express says text/html when nothing else is said, and Twilio reads that as TwiML.
        res.send = (text) => { res.setHeader('Content-Type', res.kind || 'text/html; charset=utf-8'); res.end(text); };
        res.redirect = (where) => { res.statusCode = 302; res.setHeader('Location', where); res.end(); };
        const route = routes.find(([method, at]) => method === req.method && at === path);
        if (route) return route[2](req, res);
        res.statusCode = 404;
        return res.end('Cannot ' + req.method + ' ' + path);
      });
    });
    server.listen(port, host, () => ready(server));
  };
  return app;
}

const app = express();
const names = new Map();

app.post('/voice', (req, res) => {
  res.send(`<Response>
    <Gather input="speech" action="/name" speechTimeout="auto" hints="Ada, Grace">
      <Say voice="Polly.Joanna">Welcome. <emphasis>Who</emphasis> is calling?</Say>
    </Gather>
    <Redirect>/voice</Redirect>
  </Response>`);
});

app.post('/name', (req, res) => {
  names.set(req.body.CallSid, req.body.SpeechResult);
  res.redirect('/pin?for=' + encodeURIComponent(req.body.CallSid));
});

app.get('/pin', (req, res) => {
  res.type('text/xml').send(`<Response><Gather numDigits="4" finishOnKey="" action="/check?for=${req.query.for}">
    <Say>Hello ${names.get(req.query.for)}. Key in your four digits.</Say></Gather></Response>`);
});

app.post('/check', (req, res) => {
  const right = req.body.Digits === '12#4';
  res.type('text/xml').send(right
    ? '<Response><Say>Thank you.</Say><Hangup/></Response>'
    : `<Response><Say>Wrong.</Say><Redirect method="GET">/pin?for=${req.query.for}</Redirect></Response>`);
});

app.listen(Number(process.env.PORT || 0), '127.0.0.1', (server) => console.log(server.address().port));
