// Node loads this before an application (`--require`): its requests to twilio.com go to IVR_TWILIO_API, and not out.
"use strict";

const http = require("node:http");
const https = require("node:https");
const { syncBuiltinESMExports } = require("node:module");
const { urlToHttpOptions } = require("node:url");

const here = process.env.IVR_TWILIO_API && new URL(process.env.IVR_TWILIO_API);

const isTwilio = (host) => /(^|\.)twilio\.com\.?$/i.test(String(host || "").replace(/:\d+$/, ""));

// The arguments of https.request as one object of options, and what is called with the response.
function read(first, second, third) {
  const url = typeof first === "string" ? new URL(first) : first instanceof URL ? first : null;
  const [options, callback] = url === null ? [first, second] : typeof second === "function" ? [{}, second] : [second, third];
  return { options: url === null ? { ...options } : { ...urlToHttpOptions(url), ...options }, callback };
}

if (here) {
  const request = https.request;
  const move = (...given) => {
    const { options, callback } = read(...given);
    if (!isTwilio(options.hostname || options.host)) return request.apply(https, given);
    const { agent, servername, ...kept } = options;
    return http.request({ ...kept, protocol: "http:", hostname: here.hostname, host: here.hostname, port: here.port }, callback);
  };
  https.request = move;
  https.get = (...given) => {
    const asked = move(...given);
    asked.end();
    return asked;
  };
  syncBuiltinESMExports(); // for those that import the two by name

  const fetch = globalThis.fetch;
  if (fetch) {
    globalThis.fetch = (resource, options) => {
      const url = new URL(resource instanceof Request ? resource.url : resource);
      if (!isTwilio(url.host)) return fetch(resource, options);
      const moved = new URL(url.pathname + url.search, here);
      return fetch(resource instanceof Request ? new Request(moved, resource) : moved, options);
    };
  }
}
