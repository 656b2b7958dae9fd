import { afterAll, beforeAll, expect, test } from 'bun:test'
import { keptUntilChanged } from '#src/audit/kept.ts'
import { readChoices } from '#src/history/choices.ts'
import { FROM_SHELL } from '#src/requests.ts'
import { readKeptSettings } from '#src/settings/queries.ts'
import { changeSettings } from '#src/settings/service.ts'
import { changeUser } from '#src/users/service.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

test('reads again where the head is another, and each time where it is not known', async () => {
  let reads = 0
  const read = keptUntilChanged(async () => ++reads)
  const seen: number[] = []
  for (const head of ['a', 'a', 'b', null, null, 'b']) seen.push(await read(depot.db, head))
  expect(seen).toEqual([1, 1, 2, 3, 4, 2])
})

test('a change of people or settings is seen at once', async () => {
  const { db, ids, system } = depot
  const agus = { id: ids.agus, name: 'Agus', email: 'a', role: 'admin', location: null } as const
  const names = async () => (await readChoices(db, agus)).people.map(({ name }) => name)
  const company = async () => {
    const { head } = await readChoices(db, agus)
    return (await readKeptSettings(db, head)).companyName
  }
  expect(await names()).toContain('Sari Wulandari')
  expect(await company()).toBe('')
  const by = { actor: agus, request: FROM_SHELL }
  await changeUser(system, by, { id: ids.sari, change: { name: 'Sari Wijaya' } })
  await changeSettings(system, by, { companyName: 'PT Contoh' })
  expect(await names()).toContain('Sari Wijaya')
  expect(await names()).not.toContain('Sari Wulandari')
  expect(await company()).toBe('PT Contoh')
})
