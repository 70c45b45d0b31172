// A stand-in for Express, for machines without it: routes, form bodies, `type` and `send`, on Node's http alone.
const http = require("http");
const querystring = require("querystring");

function express() {
  const routes = new Map();
  const app = {
    use() {},
    listen(port, host, ready) {
      return http.createServer((request, response) => answer(routes, request, response)).listen(port, host, ready);
    },
  };
  for (const method of ["get", "post"]) {
    app[method] = (path, handler) => routes.set(`${method.toUpperCase()} ${path}`, handler);
  }
  return app;
}

function answer(routes, request, response) {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const url = new URL(request.url, "http://localhost");
    const handler = routes.get(`${request.method} ${url.pathname}`);
    request.body = querystring.parse(body);
    request.query = Object.fromEntries(url.searchParams);
    response.type = (type) => response.setHeader("Content-Type", `${type}; charset=utf-8`);
    response.send = (text) => response.end(text);
    response.statusCode = handler ? 200 : 404;
    handler ? handler(request, response) : response.end();
  });
}

express.urlencoded = () => undefined;
module.exports = express;
