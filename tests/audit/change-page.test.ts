import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { desc, eq } from 'drizzle-orm'
import { systemLogs } from '#src/database/schema/audit.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'
import { changeDetailsId } from '#views/ids.ts'

let depot: Depot
let wati: Client
let agus: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  agus = await depot.signIn('agus')
  await bringIn(depot, csv('2026-01-01T08:00,IN,TUG_ASSIST,1000.50,,'), { fileName: 'lama.csv' })
  await deliver(wati, { location: 'GENSET', amount: '1250.5', notes: '<b>besar</b> & "kecil"' })
})
afterAll(() => depot.close())

/** The number of the last change of this kind. */
async function lastOf(action: string): Promise<number> {
  const [row] = await depot.db
    .select({ id: systemLogs.id })
    .from(systemLogs)
    .where(eq(systemLogs.action, action))
    .orderBy(desc(systemLogs.id))
    .limit(1)
  if (!row) throw new Error(`nothing was changed by ${action}`)
  return row.id
}

async function read(client: Client, id: number): Promise<string> {
  const response = await client.get(`/audit/changes/${id}`)
  expect(response.status).toBe(200)
  return response.text()
}

/** The rows of the comparison as words, those of changed fields with a mark in front. */
const fieldsIn = (html: string): string[] =>
  [...html.matchAll(/<tr(?: class="(changed)")?><th scope="row" class="c-field">.*?<\/tr>/gs)].map(
    ([row, mark]) => `${mark ? '* ' : ''}${wordsOf(row).trim()}`,
  )

describe('GET /audit/changes/:id', () => {
  test('shows a booking field by field, with litres, days and names as people write them', async () => {
    const html = await read(wati, await lastOf('entry.book'))
    const fields = fieldsIn(html)
    for (const field of [
      'Arah Masuk',
      'Jenis Stok masuk',
      'Jumlah 1.250,50 L',
      'Hari 23/11/2026',
      'Waktu 23/11/2026 pukul 14.05',
      'Keterangan <b>besar</b> & "kecil"',
      'Lokasi GENSET',
      `Nomor pengguna ${depot.ids.wati}, Wati Lestari`,
      'Melebihi kapasitas Tidak',
      'Sisa sesudahnya 1.250,50 L',
    ])
      expect(fields).toContain(field)
    expect(fields.filter((field) => field.startsWith('*'))).toEqual([])
    expect(wordsOf(html)).toContain('Rantai GENSET, baris 1 ')
  })

  test('shows what was and what is beside each other, and marks what changed', async () => {
    await agus.api('PATCH', `/api/users/${depot.ids.sari}`, { name: 'Sari W.' })
    const fields = fieldsIn(await read(agus, await lastOf('user.change')))
    expect(fields).toContain('* Nama Berubah Sari Wulandari Sari W.')
    expect(fields).toContain('Email sari@depo.example sari@depo.example')
    expect(fields).toContain('Peran Operasional Operasional')
    expect(fields.filter((field) => field.startsWith('*'))).toHaveLength(1)
  })

  test('names the parts of settings, and lists addresses', async () => {
    await agus.api('PATCH', '/api/settings', {
      alertRecipients: ['a@depo.example', 'b@depo.example'],
      signatories: { checked: { name: 'Wati', position: '' } },
    })
    const html = await read(agus, await lastOf('settings.change'))
    expect(fieldsIn(html)).toEqual([
      '* Penerima peringatan Berubah – a@depo.example b@depo.example',
      '* Diperiksa, nama Berubah – Wati',
    ])
    expect(wordsOf(html)).toContain('Perubahan pengaturan: Pengaturan')
  })

  test('compares a corrected entry with its replacement, and tells reason and reversal', async () => {
    const { id } = await use(wati, { location: 'GENSET', amount: 20 })
    const done = await correct(wati, {
      entryId: id,
      reason: 'salah meteran',
      replacement: { amount: 25 },
    })
    const html = await read(wati, await lastOf('entry.correct'))
    const fields = fieldsIn(html)
    expect(fields).toContain('* Jumlah Berubah 20,00 L 25,00 L')
    expect(fields.filter((field) => field.startsWith('*'))).toHaveLength(1)
    const words = wordsOf(html)
    expect(words).toContain('Alasan perbaikan salah meteran')
    expect(html).toContain(`href="/history/${done.reversal.id}"`)
    expect(html).toContain(`href="/history/${done.replacement?.id}"`)

    await correct(wati, { entryId: done.replacement?.id, reason: 'tercatat dua kali' })
    const taken = await read(wati, await lastOf('entry.correct'))
    expect(wordsOf(taken)).toContain('Tidak ada: catatan ini kini dihitung nol')
    expect(fieldsIn(taken)).toContain('Jumlah 25,00 L')
  })

  test('is a page of its own, and a fragment that opens below its row', async () => {
    const id = await lastOf('entry.book')
    const page = await read(wati, id)
    expect(page).toStartWith('<!doctype html>')
    expect(wordsOf(page)).toContain('Pencatatan: Catatan nomor')
    const fragment = await wati.fragment(`/audit/changes/${id}`)
    const part = await fragment.text()
    expect(part).toStartWith(`<tr class="drawer" id="${changeDetailsId(id)}">`)
    expect(fragment.headers.get('Cache-Control')).toBe('no-store')
    expect(fieldsIn(part)).toEqual(fieldsIn(page))
  })

  test('says that a row fits into its chain', async () => {
    const words = wordsOf(await read(wati, await lastOf('entry.book')))
    expect(words).toContain('Cocok dengan isinya dan dengan baris sebelumnya')
  })

  test('says so where what is stored was tampered with, and where the row before was', async () => {
    await deliver(wati, { location: 'GENSET', amount: 1 })
    const tampered = await lastOf('entry.book')
    await deliver(wati, { location: 'GENSET', amount: 2 })
    const next = await lastOf('entry.book')
    const { db } = depot.root
    const [row] = await db.select().from(systemLogs).where(eq(systemLogs.id, tampered))
    const change = (set: Partial<typeof systemLogs.$inferInsert>) =>
      db.update(systemLogs).set(set).where(eq(systemLogs.id, tampered))

    await change({ after: row?.after?.replace('"1.00"', '"9.00"') ?? null })
    const broken = wordsOf(await read(wati, tampered))
    expect(broken).toContain('Isinya sudah lain dari saat ditulis.')
    expect(broken).not.toContain('Cocok dengan isinya')
    expect(wordsOf(await read(wati, next))).toContain('Cocok dengan isinya')

    await change({ after: 'bukan json', hash: 'f'.repeat(64) })
    expect(fieldsIn(await read(wati, tampered))).toEqual(['Isi bukan json'])
    expect(wordsOf(await read(wati, next))).toContain('Baris sebelumnya sudah lain')
    await change({ after: row?.after ?? null, hash: row?.hash ?? '' })
    expect(wordsOf(await read(wati, tampered))).toContain('Cocok dengan isinya')
  })

  test.each(['0', '01', '-1', 'x', '999999999', '1e0', '123456789012345678'])(
    'is 404 for %s',
    async (id) => {
      expect((await agus.get(`/audit/changes/${id}`)).status).toBe(404)
      expect((await agus.fragment(`/audit/changes/${id}`)).status).toBe(404)
    },
  )

  test('leads on from the page of an entry', async () => {
    const id = await lastOf('entry.book')
    const [row] = await depot.db.select().from(systemLogs).where(eq(systemLogs.id, id))
    const path = `/history/${row?.subject.replace('entry:', '')}`
    const link = `href="/audit/changes/${id}"`
    expect(await (await wati.get(path)).text()).toContain(link)
    const sari = await depot.signIn('sari')
    expect(await (await sari.get(path)).text()).not.toContain(link)
    expect((await sari.get(`/audit/changes/${id}`)).status).toBe(403)
  })
})

describe('a supervisor', () => {
  test('opens the changes of the books, and of administration only files and rebuilt figures', async () => {
    for (const action of ['entry.book', 'entry.correct', 'import.book'])
      expect(wordsOf(await read(wati, await lastOf(action)))).toContain('Sidik')
  })

  test('is told of no other change of the administration that it exists', async () => {
    for (const action of ['user.change', 'settings.change', 'location.create']) {
      const path = `/audit/changes/${await lastOf(action)}`
      expect((await wati.get(path)).status).toBe(404)
      expect((await wati.fragment(path)).status).toBe(404)
      expect((await agus.get(path)).status).toBe(200)
    }
  })

  test('finds none of them in the list, under no filter', async () => {
    const { sari } = depot.ids
    for (const query of [
      '',
      '?chain=administration',
      '?user=none',
      `?user=${depot.ids.agus}`,
      '?action=user.change',
      '?thing=user',
      `?thing=user&number=${sari}`,
      '?thing=settings',
      '?thing=location',
      '?startDate=1/11/2026',
      '?action=settings.change&startDate=1/11/2026',
    ]) {
      const response = await wati.get(`/audit${query}`)
      expect([query, response.status]).toEqual([query, 200])
      const rows = [...(await response.text()).matchAll(/<tr id="change-\d+">.*?<\/tr>/gs)]
      const words = rows.map(([row]) => wordsOf(row))
      for (const secret of ['pengguna', 'pengaturan', 'Lokasi baru', 'Agus'])
        expect([query, words.filter((row) => row.includes(secret))]).toEqual([query, []])
    }
  })

  test('sees of the chain of the administration its length and head, not who wrote last', async () => {
    const words = wordsOf(await (await wati.get('/audit')).text())
    expect(words).toMatch(/Administrasi \d+ [0-9a-f]{64}/)
    const [, chains = ''] = words.split('Sidik rantai')
    expect(chains).not.toContain('Agus')
    const seen = wordsOf(await (await agus.get('/audit')).text())
    expect(seen).toMatch(/Administrasi \d+ [0-9/]+ 14\.05, Agus Pratama [0-9a-f]{64}/)
  })

  test('is offered no action and no thing of the administration', async () => {
    const html = await (await wati.get('/audit')).text()
    for (const value of ['user.change', 'settings.change', 'user', 'settings', 'key'])
      expect(html).not.toContain(`<option value="${value}"`)
    expect(html).not.toContain('/audit/access')
  })
})
