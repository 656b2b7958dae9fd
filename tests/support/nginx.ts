import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureNginx } from '#tests/support/machine.ts'
import { freePort } from '#tests/support/started.ts'

const START_LIMIT_MS = 10_000
const say = (line: string) => void process.stdout.write(`${line}\n`)

export type Nginx = { origin: string; close: () => Promise<void> }

/** A real nginx before an app on this machine, which hands on whom it speaks with as the README asks for. */
export async function openNginx(upstream: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'bbm-nginx-'))
  const port = await freePort()
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, configuration(folder, port, new URL(upstream).host))
  const child = spawn(ensureNginx(say), ['-c', file, '-p', folder, '-e', 'stderr'], {
    stdio: 'ignore',
  })
  const origin = `http://127.0.0.1:${port}`
  await untilItAnswers(origin, child)
  return {
    origin,
    async close() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function configuration(folder: string, port: number, upstream: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  upstream app { server ${upstream}; keepalive 16; keepalive_timeout 5s; }
  server {
    listen 127.0.0.1:${port};
    server_tokens off;
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Real-IP $remote_addr;
    }
  }
}
`
}

async function untilItAnswers(origin: string, child: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + START_LIMIT_MS
  for (;;) {
    if (await fetch(`${origin}/healthz`).catch(() => null)) return
    if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error('nginx does not answer')
    await Bun.sleep(20)
  }
}
