import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes } from '#src/app.tsx'
import { CALLERS } from '#src/openapi/document.ts'
import { documented, judgeBy, nameOf } from '#tests/openapi/checking.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { makeKey } from '#tests/support/programs.ts'

const LINT = 'node_modules/@redocly/cli/bin/cli.js'
const LINT_MS = 60_000

let depot: Depot
let judge: ReturnType<typeof judgeBy>
beforeAll(async () => {
  depot = await openDepot()
  judge = judgeBy(depot.system)
})
afterAll(() => depot.close())

/** Pages do not belong to the API, though one of them stands under its address. */
const PAGES = ['/api/docs']

function operations() {
  return Object.entries(judge.document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method]
      return operation ? [{ name: `${method} ${path}`, operation }] : []
    }),
  )
}

describe('the document', () => {
  test('holds every route of the API, and nothing else', () => {
    const api = routes.filter(({ path }) => path.startsWith('/api/') && !PAGES.includes(path))
    const names = api.map(nameOf).sort()
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names)
    expect(documented.map(nameOf).sort()).toEqual(names)
  })

  test('names each operation once, and says of each what it is for and who may', () => {
    const all = operations().map(({ operation }) => operation)
    const ids = all.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = (judge.document.tags ?? []).map(({ name }) => name)
    for (const { operationId, summary, tags: own, ...operation } of all) {
      expect(operationId).toMatch(/^[a-z][A-Za-z]+$/)
      expect(summary ?? '').not.toBe('')
      expect(tags).toContain(own?.[0] ?? 'none')
      expect(operation[CALLERS]).not.toEqual([])
    }
  })

  test('takes keys where a permission names their scope, and nowhere else', () => {
    for (const { permission, ...route } of documented) {
      const found = operations().find(({ name }) => name === nameOf(route))
      const schemes = (found?.operation.security ?? []).flatMap((scheme) => Object.keys(scheme))
      if (permission === 'anyone') expect(schemes).toEqual([])
      else {
        const isForKeys = permission.some((caller) => caller.startsWith('key '))
        expect(schemes).toEqual(isForKeys ? ['session', 'key'] : ['session'])
      }
    }
  })

  test('describes every parameter and every field', () => {
    const bare: string[] = []
    for (const { name, operation } of operations())
      for (const parameter of operation.parameters ?? [])
        if (!('name' in parameter) || !parameter.description)
          bare.push(`${name} ${JSON.stringify(parameter)}`)
    for (const [name, schema] of Object.entries(judge.document.components?.schemas ?? {}))
      if (typeof schema === 'boolean' || !('description' in schema)) bare.push(name)
    expect(bare).toEqual([])
  })

  test('gives examples that it takes itself', () => {
    const wrong: string[] = []
    let seen = 0
    for (const [name, schema] of Object.entries(judge.document.components?.schemas ?? {})) {
      if (typeof schema === 'boolean' || !('examples' in schema)) continue
      for (const example of schema.examples ?? []) {
        seen += 1
        const faults = judge.faultsAt(['components', 'schemas', name], example)
        wrong.push(...faults.map((fault) => `${name}: ${fault}`))
      }
    }
    expect(wrong).toEqual([])
    expect(seen).toBeGreaterThan(8)
  })

  test(
    'passes the lint of Redocly without a warning, asking nobody',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'bbm-openapi-'))
      try {
        const file = join(folder, 'openapi.json')
        // Redocly takes a server on this very machine for a mistake.
        const servers = [{ url: 'https://bbm.depo.id' }]
        writeFileSync(file, JSON.stringify({ ...judge.document, servers }))
        const linted = Bun.spawn(
          [
            process.execPath,
            LINT,
            'lint',
            file,
            '--config=tests/openapi/redocly.yaml',
            '--format=json',
          ],
          {
            env: {
              HOME: folder,
              PATH: process.env.PATH,
              REDOCLY_TELEMETRY: 'off',
              REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
            },
            stdin: 'ignore',
            stdout: 'pipe',
            stderr: 'pipe',
          },
        )
        const said = await new Response(linted.stdout).text()
        const { totals, problems } = JSON.parse(said.slice(said.indexOf('{')))
        expect(problems).toEqual([])
        expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 })
        expect(await linted.exited).toBe(0)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
    LINT_MS,
  )
})

describe('/api/openapi.json', () => {
  test('is for everybody who is signed in and for every key, and for no stranger', async () => {
    const agus = await depot.signIn('agus')
    const visitor = depot.visit()
    const read = await makeKey(agus, { scope: 'read' })
    const book = await makeKey(agus, { scope: 'book', location: 'GENSET' })
    const answers = [
      await (await depot.signIn('sari')).get('/api/openapi.json'),
      await visitor.get('/api/openapi.json', read.headers),
      await visitor.get('/api/openapi.json', book.headers),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(judge.document)))
    }
    expect((await visitor.get('/api/openapi.json')).status).toBe(401)
  })

  test('names this server and the cookie of its sessions', () => {
    expect(judge.document.servers).toEqual([{ url: 'http://127.0.0.1:4111' }])
    const schemes = judge.document.components?.securitySchemes
    expect(schemes?.session).toMatchObject({ in: 'cookie', name: 'bbm_access_4111' })
    expect(schemes?.key).toMatchObject({ type: 'http', scheme: 'bearer' })
  })
})
