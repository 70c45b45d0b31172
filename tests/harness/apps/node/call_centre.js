// A call centre on Express: the caller is queued, and an agent is called over REST from inside the caller's own webhook.
'use strict';
const express = require('express');
const twilio = require('twilio');

const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN, { accountSid: process.env.TWILIO_ACCOUNT_SID });
if (process.env.TWILIO_API_BASE) client.api.baseUrl = process.env.TWILIO_API_BASE;

const { VoiceResponse } = twilio.twiml;
const app = express();
app.use(express.urlencoded({ extended: false }));
const url = (req, path) => `${req.protocol}://${req.get('host')}${path}`;
const xml = (res, twiml) => { res.type('text/xml'); res.send(twiml.toString()); };

app.post('/voice', (req, res) => {
  const twiml = new VoiceResponse();
  twiml.gather({ input: 'speech dtmf', numDigits: 1, hints: 'sales, support', speechTimeout: 'auto', action: '/department' })
    .say('Sales or support?');
  twiml.say('Goodbye.');
  xml(res, twiml);
});

app.post('/department', async (req, res, next) => {
  try {
    const said = (req.body.SpeechResult || { 1: 'sales', 2: 'support' }[req.body.Digits] || '').toLowerCase();
    const department = ['sales', 'support'].find((name) => said.includes(name));
    const twiml = new VoiceResponse();
    if (!department) {
      twiml.say(`I do not know ${said || 'that'}.`);
      twiml.redirect('/voice');
      return xml(res, twiml);
    }
    const call = await client.calls.create({
      to: '+14155550501',
      from: req.body.To,
      url: url(req, `/agent?department=${department}`),
      statusCallback: url(req, `/agent/over?caller=${req.body.CallSid}`),
      statusCallbackEvent: ['completed'],
      record: true,
    });
    twiml.enqueue({ waitUrl: `/hold?agent=${call.sid}`, action: '/after' }, department);
    return xml(res, twiml);
  } catch (error) {
    return next(error);
  }
});

app.post('/hold', (req, res) => {
  const twiml = new VoiceResponse();
  twiml.say(`Waited ${req.body.QueueTime} seconds.`);
  twiml.pause({ length: 4 });
  xml(res, twiml);
});

app.post('/agent', (req, res) => {
  const twiml = new VoiceResponse();
  twiml.say('A caller is waiting.');
  twiml.dial().queue(req.query.department);
  xml(res, twiml);
});

// The agent was busy or hung up without a word: the caller is told, by a change of the live call.
app.post('/agent/over', async (req, res) => {
  if (['busy', 'no-answer', 'failed'].includes(req.body.CallStatus)) {
    await client.calls(req.query.caller).update({ twiml: '<Response><Say>No agent is free today.</Say></Response>' });
  }
  res.status(204).end();
});

app.post('/after', (req, res) => {
  const twiml = new VoiceResponse();
  twiml.say(`You were ${req.body.QueueResult}.`);
  xml(res, twiml);
});

app.get('/recordings', async (req, res) => {
  res.json((await client.recordings.list()).map((recording) => recording.source));
});

const server = app.listen(Number(process.env.PORT || 0), '127.0.0.1', () => console.log(server.address().port));
