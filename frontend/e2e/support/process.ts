import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

export interface Running {
  /** All that it has printed. */
  output: () => string;
  /** Ends the program and everything it started; waits until it is gone. */
  stop: () => Promise<void>;
}

interface Start {
  command: string;
  args: string[];
  env: Record<string, string>;
  /** What it prints when it is ready. */
  ready: RegExp;
  /** Milliseconds. */
  patience: number;
}

// The program leads a process group. A watcher beside it ends the whole group when the pipe from here
// closes, so that nothing is left open however the tests end, be it by kill -9.
const watched = 'exec 3<&0; (cat <&3; kill -TERM 0) >/dev/null 2>&1 & exec "$@" 3<&- </dev/null';

/** Starts a program and waits for the words that say it is ready. */
export async function start({ command, args, env, ready, patience }: Start): Promise<Running> {
  const child = spawn('sh', ['-c', watched, 'sh', command, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.stdin.end();
    const timer = setTimeout(() => kill(child, 'SIGKILL'), 20_000);
    await gone;
    clearTimeout(timer);
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error('was not ready in time')), patience);
      const read = (chunk: Buffer) => {
        printed += chunk.toString();
        if (ready.test(printed)) {
          clearTimeout(tooLate);
          resolve();
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      void gone.then(() => reject(new Error('ended before it was ready')));
    });
  } catch (error) {
    await stop();
    throw new Error(`${command} ${args.join(' ')}: ${String(error)}\n${printed}`);
  }
  return { output: () => printed, stop };
}

function kill(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the group has ended already
  }
}
