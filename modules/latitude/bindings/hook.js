// What Node loads less of, or does less often, when it runs cdktf for Latitude. Whatever looks otherwise than expected
// is left as it is.
"use strict";
const Module = require("node:module");
const path = require("node:path");

const AWS = path.join("@cdktf", "provider-aws", "lib", "index.js");
const TRACE = path.join("cdktf", "lib", "tokens", "private", "stack-trace.js");
const REQUIRE = /^exports\.(\w+) = require\("(\.\/[\w-]+)"\);$/gm;

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...rest) {
  const result = compile.call(this, filename.endsWith(AWS) ? lazy(this, content) : content, filename, ...rest);
  if (filename.endsWith(TRACE) && typeof this.exports.captureStackTrace === "function") {
    this.exports.captureStackTrace = () => NO_TRACE;
  }
  return result;
};

// cdktf takes a stack of JavaScript for each token, for the text of an error; Python's lines are not in it.
const NO_TRACE = Object.freeze(["(not recorded)"]);

// The index requires 2,212 files at once, one a line: each becomes a getter that requires it once.
function lazy(module, content) {
  for (const [, name, file] of content.matchAll(REQUIRE)) {
    Object.defineProperty(module.exports, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = module.require(file);
        Object.defineProperty(module.exports, name, { configurable: true, enumerable: true, value, writable: true });
        return value;
      },
    });
  }
  return content.replace(REQUIRE, "").replace(/^exports\.\w+ = .*void 0;$/gm, "");
}
