// Loaded by Node before jsii's runtime: lets @cdktf/provider-aws require its 2,212 submodules when they are first used.
// Its index.js is a list of `exports.x = require("./x");`: each becomes a getter that requires once. An index that
// looks otherwise is run as it stands.
"use strict";
const Module = require("node:module");
const path = require("node:path");

const INDEX = path.join("@cdktf", "provider-aws", "lib", "index.js");
const REQUIRE = /^exports\.(\w+) = require\("(\.\/[\w-]+)"\);$/gm;

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...rest) {
  if (!filename.endsWith(INDEX)) {
    return compile.call(this, content, filename, ...rest);
  }
  Module.prototype._compile = compile;
  const names = new Map(Array.from(content.matchAll(REQUIRE), ([, name, file]) => [name, file]));
  for (const [name, file] of names) {
    Object.defineProperty(this.exports, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = this.require(file);
        Object.defineProperty(this.exports, name, { configurable: true, enumerable: true, value, writable: true });
        return value;
      },
    });
  }
  const others = content.replace(REQUIRE, "").replace(/^exports\.\w+ = .*void 0;$/gm, "");
  return compile.call(this, others, filename, ...rest);
};
