import { expect, test } from 'bun:test'
import { judgeBy } from '#tests/openapi/checking.ts'
import { useDepotBehindProxy } from '#tests/support/behind-proxy.ts'

const { depot, proxy, signIn } = useDepotBehindProxy()

test('while the database is away the API answers what the document says', async () => {
  const judge = judgeBy(depot().system)
  const wati = await signIn('wati')
  await proxy().cut()
  const body = { location: 'GENSET', amount: 1 }
  const asked: [string, Response][] = [
    ['get /api/stock/summary', await wati.get('/api/stock/summary')],
    ['post /api/stock/out', await wati.api('POST', '/api/stock/out', body)],
  ]
  for (const [name, response] of asked) {
    expect(response.headers.get('Retry-After')).toMatch(/^\d+$/)
    expect([response.status, await judge.faultsOf(name, response)]).toEqual([503, []])
  }
})
