// A conference with a moderator, on Express: a PIN says who is who, and the moderator's keys act on the room over REST.
'use strict';
const express = require('express');
const session = require('express-session');
const twilio = require('twilio');

const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
if (process.env.TWILIO_API_BASE) client.api.baseUrl = process.env.TWILIO_API_BASE;

const app = express();
app.use(express.urlencoded({ extended: true }));
app.use(session({ secret: 'for practice', resave: false, saveUninitialized: true }));
const PINS = { 1111: 'moderator', 2222: 'guest' };
const events = [];

// For the moderator's own page: let a guest speak, and see who is there.
app.get('/moderate/unmute/:callSid', async (req, res) => {
  const [room] = await client.conferences.list({ friendlyName: 'Weekly', status: 'in-progress' });
  const guest = await client.conferences(room.sid).participants(req.params.callSid).update({ muted: false });
  res.json({ muted: guest.muted, events });
});

app.use('/conference', twilio.webhook({ protocol: 'http' }));

app.post('/conference', (req, res) => {
  const twiml = new twilio.twiml.VoiceResponse();
  const gather = twiml.gather({ numDigits: 4, action: '/conference/pin', timeout: 10 });
  gather.say({ voice: 'Polly.Amy' }, 'Please enter your PIN.');
  twiml.redirect('/conference');
  res.type('text/xml').send(twiml.toString());
});

app.post('/conference/pin', (req, res) => {
  const role = PINS[req.body.Digits];
  const twiml = new twilio.twiml.VoiceResponse();
  req.session.tries = (req.session.tries || 0) + 1;
  if (!role) {
    if (req.session.tries > 2) {
      twiml.say('Too many tries.');
      twiml.hangup();
    } else {
      twiml.say(`Wrong PIN, try ${req.session.tries}.`);
      twiml.redirect('/conference');
    }
    return res.type('text/xml').send(twiml.toString());
  }
  req.session.role = role;
  return res.redirect('/conference/join');
});

app.get('/conference/join', (req, res) => {
  const moderator = req.session.role === 'moderator';
  const twiml = new twilio.twiml.VoiceResponse();
  twiml.say(moderator ? 'You are the moderator.' : 'Please wait for the moderator.');
  const dial = twiml.dial({ action: '/conference/left', hangupOnStar: moderator });
  dial.conference({
    startConferenceOnEnter: moderator,
    endConferenceOnExit: moderator,
    muted: !moderator,
    beep: 'onEnter',
    waitUrl: '/conference/wait',
    statusCallback: '/conference/events',
    statusCallbackEvent: 'start end join leave mute',
  }, 'Weekly');
  res.type('text/xml').send(twiml.toString());
});

app.post('/conference/wait', (req, res) => {
  res.type('text/xml').send('<Response><Say>The moderator is not here yet.</Say></Response>');
});

app.post('/conference/left', (req, res) => {
  const twiml = new twilio.twiml.VoiceResponse();
  twiml.say(`The ${req.session.role} has left: ${req.body.DialCallStatus}.`);
  res.type('text/xml').send(twiml.toString());
});

app.post('/conference/events', (req, res) => {
  events.push(`${req.body.SequenceNumber} ${req.body.StatusCallbackEvent}`);
  res.sendStatus(204);
});

const server = app.listen(Number(process.env.PORT || 0), '127.0.0.1', () => console.log(server.address().port));
