import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, answering, end, freePort } from '../moto/emulator.ts';

/** The account that the emulators play. */
export const ACCOUNT = '123456789012';

/**
 * Starts ministack on 127.0.0.1, with its files and its log in the folder. The functions that it runs inherit its environment, which names
 * another Security Hub: ministack has none.
 */
export async function startMinistack(python: string, folder: string, hub: string): Promise<Emulator> {
  const port = await freePort();
  const log = openSync(path.join(folder, 'ministack.log'), 'w');
  const server = spawn(python, ['-m', 'ministack'], {
    stdio: ['ignore', log, log],
    env: {
      PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      // It listens on every address.
      IOT_MTLS_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      AWS_ENDPOINT_URL_SECURITYHUB: hub,
    },
  });
  try {
    const endpoint = `http://127.0.0.1:${port}`;
    await answering(`${endpoint}/_ministack/health`, server);
    refuseOtherAddresses(server.pid);
    return { endpoint, stop: () => end(server) };
  } catch (error) {
    await end(server);
    throw error;
  }
}

/** Fails if the process listens on another address than 127.0.0.1. Only Linux tells. https://docs.kernel.org/filesystems/proc.html */
function refuseOtherAddresses(pid: number | undefined): void {
  const folder = `/proc/${pid ?? 0}`;
  if (!existsSync(`${folder}/net/tcp`)) return;
  const descriptors = readdirSync(`${folder}/fd`).map((fd) => linkOf(`${folder}/fd/${fd}`));
  const sockets = ['tcp', 'tcp6'].flatMap((kind) => readFileSync(`${folder}/net/${kind}`, 'utf8').trim().split('\n').slice(1));
  for (const socket of sockets) {
    const [, address = '', , state, , , , , , inode = ''] = socket.trim().split(/\s+/);
    const isListening = state === '0A' && descriptors.includes(`socket:[${inode}]`);
    if (isListening && !address.startsWith('0100007F:'))
      throw new Error(`ministack listens on ${address}, not on 127.0.0.1 alone`);
  }
}

function linkOf(descriptor: string): string {
  try {
    return readlinkSync(descriptor);
  } catch {
    // It was closed in the meantime.
    return '';
  }
}
