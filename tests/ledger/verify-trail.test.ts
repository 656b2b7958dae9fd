import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { type SQL, sql } from 'drizzle-orm'
import { differencesIn, forge, lastLinkId, locationId, tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
let chain: string
/** A delivery, then a usage: two rows in the chain of GENSET, the last two of the audit trail. */
let [delivery, usage, deliveryLink, usageLink] = [0, 0, 0, 0]
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  chain = `location:${await locationId(depot)}`
  delivery = (await deliver(wati, { location: 'GENSET', amount: '250.25', notes: 'DO 1' })).id
  deliveryLink = await lastLinkId(depot)
  usage = (await use(wati, { location: 'GENSET', amount: '100' })).id
  usageLink = await lastLinkId(depot)
})
afterAll(() => depot.close())

const differences = () => differencesIn(depot)

describe('a chain', () => {
  const broken = () =>
    `jejak audit ${chain}: baris ${usageLink} (urutan 2) tidak cocok dengan rantainya`

  test('with a changed row is named with that row', async () => {
    await tamper(
      depot,
      sql`update system_logs set after_state = replace(after_state, '100.00', '100.01') where id = ${usageLink}`,
    )
    expect(await differences()).toEqual([
      broken(),
      `catatan ${usage}: baris jejak audit ${usageLink} menyebut litres "100.01", di buku "100.00"`,
    ])
  })

  test('without one of its rows is named with the row that came after it', async () => {
    await tamper(depot, sql`delete from system_logs where id = ${deliveryLink}`)
    expect(await differences()).toEqual([broken(), `catatan ${delivery}: tidak ada di jejak audit`])
  })

  test('that was cut off is named with its length', async () => {
    await tamper(depot, sql`delete from system_logs where id = ${usageLink}`)
    expect(await differences()).toEqual([
      `jejak audit ${chain}: ujung rantai tidak cocok (1 dari 2 baris)`,
      `catatan ${usage}: tidak ada di jejak audit`,
    ])
  })

  test('without any row is named where its head tells of some', async () => {
    await tamper(depot, sql`delete from system_logs where chain = 'administration'`)
    expect(await differences()).toEqual([
      expect.stringMatching(
        /^jejak audit administration: ujung rantai tidak cocok \(0 dari \d+ baris\)$/,
      ),
    ])
  })

  test('without a head is named, whether it has rows or not', async () => {
    const tug = await locationId(depot, 'TUG_ASSIST')
    await tamper(
      depot,
      sql`delete from audit_chains where chain in (${chain}, ${`location:${tug}`})`,
    )
    await tamper(depot, sql`update system_logs set chain = 'liar' where id = ${usageLink}`)
    expect((await differences()).sort()).toEqual(
      [
        `catatan ${usage}: tidak ada di jejak audit`,
        `jejak audit liar: baris ${usageLink} (urutan 2) tidak cocok dengan rantainya`,
        'jejak audit liar: ujung rantainya tidak ada (1 baris)',
        'jejak audit liar: lokasinya tidak ada',
        `jejak audit ${chain}: ujung rantainya tidak ada (1 baris)`,
        `jejak audit location:${tug}: ujung rantainya tidak ada (0 baris)`,
      ].sort(),
    )
  })
})

describe('an entry that the audit trail tells otherwise', () => {
  test.each([
    ['notes', sql`notes = 'DO 2'`, 'notes "DO 1", di buku "DO 2"'],
    ['reference', sql`reference = 'x'`, 'reference null, di buku "x"'],
    [
      'recordedAt',
      sql`recorded_at = '2026-11-23 06:05:00.001'`,
      'recordedAt "2026-11-23T06:05:00.000Z", di buku "2026-11-23T06:05:00.001Z"',
    ],
    ['overCapacity', sql`over_capacity = true`, 'overCapacity false, di buku true'],
  ])('in its %s is named with both', async (_, change, words) => {
    await tamper(depot, sql`update transactions set ${change} where id = ${delivery}`)
    expect(await differences()).toEqual([
      `catatan ${delivery}: baris jejak audit ${deliveryLink} menyebut ${words}`,
    ])
  })

  test('by the person who booked it', async () => {
    const { sari, wati: watiId } = depot.ids
    await tamper(depot, sql`update transactions set user_id = ${sari} where id = ${delivery}`)
    expect(await differences()).toEqual([
      `catatan ${delivery}: baris jejak audit ${deliveryLink} menyebut userId ${watiId}, di buku ${sari}`,
      `catatan ${delivery}: baris jejak audit ${deliveryLink} atas nama pengguna ${watiId}, di buku pengguna ${sari}`,
    ])
  })

  test('by not telling of it', async () => {
    await tamper(
      depot,
      sql`insert into transactions (type, kind, litres, location_id, occurred_at, business_day, recorded_at, user_id)
        select type, kind, litres, location_id, occurred_at, business_day, recorded_at, user_id from transactions where id = ${usage}`,
    )
    expect(await differences()).toContain(`catatan ${usage + 1}: tidak ada di jejak audit`)
  })
})

describe('a chain that somebody has forged from end to end', () => {
  const forged = async (statement: SQL): Promise<string[]> => {
    await tamper(depot, statement)
    await forge(depot, chain)
    return differences()
  }

  test('still tells otherwise than the entry', async () => {
    const found = await forged(
      sql`update system_logs set after_state = replace(after_state, '250.25', '150.25') where id = ${deliveryLink}`,
    )
    expect(found).toEqual([
      `catatan ${delivery}: baris jejak audit ${deliveryLink} menyebut litres "150.25", di buku "250.25"`,
    ])
  })

  test('lacks the row of an entry', async () => {
    expect(await forged(sql`delete from system_logs where id = ${deliveryLink}`)).toEqual([
      `catatan ${delivery}: tidak ada di jejak audit`,
    ])
  })

  test('tells of an entry that is gone', async () => {
    expect(await forged(sql`delete from transactions where id = ${usage}`)).toContain(
      `jejak audit ${chain}: baris ${usageLink} menyebut catatan ${usage}, yang tidak ada di buku lokasi ini`,
    )
  })

  test('tells of an entry twice', async () => {
    const found = await forged(
      sql`insert into system_logs (chain, position, recorded_at, user_id, action, subject, after_state, previous_hash, hash)
        select chain, 3, recorded_at, user_id, action, subject, after_state, previous_hash, hash from system_logs where id = ${usageLink}`,
    )
    expect(found).toEqual([
      `jejak audit ${chain}: baris ${await lastLinkId(depot)} menyebut catatan ${usage} dua kali atau tidak pada urutannya`,
    ])
  })

  test('stands under another number, or another name, than the entry', async () => {
    const { budi, wati: watiId } = depot.ids
    const found = await forged(
      sql`update system_logs set subject = 'entry:1', user_id = ${budi} where id = ${usageLink}`,
    )
    expect(found).toEqual([
      `catatan ${usage}: baris jejak audit ${usageLink} bertanda entry:1, seharusnya entry:${usage}`,
      `catatan ${usage}: baris jejak audit ${usageLink} atas nama pengguna ${budi}, di buku pengguna ${watiId}`,
    ])
  })

  test('holds a row that cannot be read', async () => {
    const found = await forged(
      sql`update system_logs set after_state = '{"id":' where id = ${usageLink}`,
    )
    expect(found).toEqual([
      `jejak audit ${chain}: isi baris ${usageLink} tidak terbaca`,
      `catatan ${usage}: tidak ada di jejak audit`,
    ])
  })

  test('tells a correction otherwise: its original, its reversal, its replacement', async () => {
    const corrected = await correct(wati, { entryId: usage, replacement: { amount: '90' } })
    expect(await differences()).toEqual([])
    const link = await lastLinkId(depot)
    const found = await forged(
      sql`update system_logs set before_state = replace(before_state, '"100.00"', '"1.00"'),
        after_state = replace(replace(after_state, '"100.00"', '"2.00"'), '"90.00"', '"3.00"') where id = ${link}`,
    )
    const said = (id: number, litres: string, stored: string) =>
      `catatan ${id}: baris jejak audit ${link} menyebut litres "${litres}", di buku "${stored}"`
    expect(found.sort()).toEqual(
      [
        said(usage, '1.00', '100.00'),
        said(corrected.reversal.id, '2.00', '100.00'),
        said(corrected.replacement?.id ?? 0, '3.00', '90.00'),
      ].sort(),
    )
  })
})
