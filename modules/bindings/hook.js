// What Node loads less of, or does less often, when it runs cdktf for Latitude. Whatever looks otherwise than expected
// is left as it is.
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const AWS = path.join("@cdktf", "provider-aws", "lib", "index.js");
const REQUIRE = /^exports\.(\w+) = require\("(\.\/[\w-]+)"\);$/gm;

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...rest) {
  return compile.call(this, filename.endsWith(AWS) ? lazy(this, content) : content, filename, ...rest);
};

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
