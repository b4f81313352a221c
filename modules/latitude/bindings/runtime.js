// jsii's runtime in one Node process: `node --preserve-symlinks runtime.js PROGRAM`, PROGRAM being jsii's program.js.
// jsii starts a second process to keep what JavaScript prints apart from the protocol on file descriptor 3, and copies
// every request and reply between the two. Here requests come on stdin, replies go to stdout, prints go to stderr.
"use strict";
const { spawn } = require("node:child_process");
const { EventEmitter } = require("node:events");
const fs = require("node:fs");
const path = require("node:path");
const workers = require("node:worker_threads");
require("./hook.js");

const [program] = process.argv.slice(2);
const { readSync, writeSync } = fs;
fs.readSync = (fd, ...rest) => readSync(fd === 3 ? 0 : fd, ...rest);
fs.writeSync = (fd, ...rest) => writeSync(fd === 3 ? 1 : fd, ...rest);
Object.defineProperty(process, "stdout", { get: () => process.stderr });
process.noDeprecation = true; // cdktf is archived: nobody can mend what Node would say of it

// A first run leaves an index of each assembly for the next ones. jsii builds it on a thread and ends the thread with the
// program; a process of its own finishes it, some seconds after a short program.
const RUN = "new (require('node:worker_threads').Worker)(process.argv[1], { workerData: JSON.parse(process.argv[2]) })";
workers.Worker = class extends EventEmitter {
  constructor(file, { workerData }) {
    super();
    const thread = path.join(path.dirname(program), `lib__${path.basename(file)}`);
    const packageDir = fs.realpathSync(workerData.packageDir); // the link to it ends with the program
    const child = spawn(process.execPath, ["-e", RUN, thread, JSON.stringify({ ...workerData, packageDir })], {
      detached: true,
      stdio: "ignore",
    });
    child.on("error", (error) => this.emit("error", error));
    child.unref();
  }
};

require(program);
