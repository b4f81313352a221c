// jsii's runtime in one Node process: `node --preserve-symlinks runtime.js PROGRAM`, PROGRAM being jsii's program.js.
// jsii starts a second process to keep what JavaScript prints apart from the protocol on file descriptor 3, and copies
// every request and reply between the two. Here requests come on stdin, replies go to stdout, prints go to stderr.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const workers = require("node:worker_threads");
require("./hook.js");

const [program] = process.argv.slice(2);
const { readSync, writeSync } = fs;
fs.readSync = (fd, ...rest) => readSync(fd === 3 ? 0 : fd, ...rest);
fs.writeSync = (fd, ...rest) => writeSync(fd === 3 ? 1 : fd, ...rest);
Object.defineProperty(process, "stdout", { get: () => process.stderr });

// Where jsii's Python package keeps the program, its helper has another name than the program asks for.
workers.Worker = class extends workers.Worker {
  constructor(file, options) {
    super(path.join(path.dirname(program), `lib__${path.basename(file)}`), options);
  }
};

require(program);
