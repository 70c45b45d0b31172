// Call forwarding on Express: whoever picks up has to press a key first, so that no voicemail takes the call; then ours does.
'use strict';
const express = require('express');
const { VoiceResponse } = require('twilio').twiml;

const app = express();
app.use(express.urlencoded({ extended: false }));

const PHONES = ['+14155550401', '+14155550402'];
const inbox = [];

const send = (res, twiml) => res.set('Content-Type', 'application/xml').send(twiml.toString());
const base = (req) => `http://${req.get('host')}`;

app.all('/incoming', (req, res) => {
  const twiml = new VoiceResponse();
  const dial = twiml.dial({ action: `${base(req)}/done`, timeout: 15, sequential: req.query.one === 'by-one' });
  PHONES.forEach((phone) => dial.number({ url: '/screen', statusCallback: '/status', statusCallbackEvent: 'initiated ringing answered completed' }, phone));
  send(res, twiml);
});

app.post('/screen', (req, res) => {
  const twiml = new VoiceResponse();
  const gather = twiml.gather({ numDigits: 1, action: '/screen/accept', timeout: 4 });
  gather.say(`Call from ${req.body.From.split('').join(' ')}. Press any key to accept.`);
  twiml.hangup();
  send(res, twiml);
});

app.post('/screen/accept', (req, res) => {
  const twiml = new VoiceResponse();
  twiml.say('Connecting.');
  send(res, twiml);
});

app.post('/done', (req, res) => {
  const twiml = new VoiceResponse();
  if (req.body.DialCallStatus === 'completed') {
    twiml.hangup();
  } else {
    twiml.say('Nobody can take your call. Please speak after the tone.');
    twiml.record({ action: '/thanks', transcribe: true, transcribeCallback: '/transcribed', playBeep: true, maxLength: 30 });
    twiml.redirect('/incoming');
  }
  send(res, twiml);
});

app.post('/thanks', (req, res) => {
  const twiml = new VoiceResponse();
  twiml.say(`Thank you for ${req.body.RecordingDuration} seconds.`);
  send(res, twiml);
});

app.post('/transcribed', (req, res) => { inbox.push(req.body.TranscriptionText); res.end(); });

const progress = [];
app.post('/status', (req, res) => { progress.push([req.body.To, req.body.CallStatus]); res.sendStatus(200); });
app.get('/inbox', (req, res) => res.json({ inbox, progress }));

const server = app.listen(Number(process.env.PORT || 0), '127.0.0.1', () => console.log(server.address().port));
