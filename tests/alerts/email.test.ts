import { afterAll, afterEach, beforeEach, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { headerOf, type Mailbox, openMailbox } from '#tests/alerts/mailbox.ts'
import { fallLow, messagesOf, sendDue, tell } from '#tests/alerts/setting.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'

const KEEPER = 'wati@depo.example'
const WAREHOUSE = 'gudang@depo.example'

let depot: Depot
let mailbox: Mailbox
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  mailbox = await openMailbox()
})
afterEach(() => mailbox.close())
afterAll(() => depot.close())

const sendMails = (publicOrigin = 'https://bbm.example.com') =>
  sendDue(depot, { smtpUrl: mailbox.url, publicOrigin })

const emails = async () => (await messagesOf(depot.db)).filter(({ channel }) => channel === 'email')

/** The words of a mail, out of the coding that carries its letters. */
const textOf = (source: string): string => {
  const [, ...body] = source.split('\r\n\r\n')
  const text = body.join('\r\n\r\n').replace(/=\r\n/g, '')
  return text.replace(/=([0-9A-F]{2})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

test('a mail tells the recipients of the settings what is left, once', async () => {
  await fallLow(depot)
  await tell(depot.db, [KEEPER, WAREHOUSE])
  expect(await sendMails()).toBe(2)
  const [mail] = mailbox.mails
  if (!mail) throw new Error('there is no mail')
  const [message] = await emails()
  expect(mail).toMatchObject({ to: [KEEPER, WAREHOUSE] })
  expect(headerOf(mail, 'Subject')).toBe('Stok GENSET menipis: 4.200 liter')
  expect(headerOf(mail, 'Message-ID')).toBe(`<${message?.deliveryId}@bbm.example.com>`)
  expect(new Date(headerOf(mail, 'Date')).getTime()).toBe(depot.clock.now.getTime())
  const text = textOf(mail.source)
  for (const words of ['4.200,00 liter', '5.000,00 liter', '23 November 2026 pukul 14.05 WITA'])
    expect(text).toContain(words)
  expect(text).toContain('https://bbm.example.com/')
  expect(message).toMatchObject({ deliveredAt: depot.clock.now, dueAt: null, lastError: null })
  depot.pass({ days: 1 })
  expect(await sendMails()).toBe(0)
  expect(mailbox.mails).toHaveLength(1)
})

test('those who are recipients when the mail leaves get it', async () => {
  await fallLow(depot)
  await tell(depot.db, [KEEPER])
  mailbox.refuse(1)
  await sendMails()
  await tell(depot.db, [WAREHOUSE])
  depot.pass({ seconds: 30 })
  await sendMails()
  expect(mailbox.mails.map(({ to }) => to)).toEqual([[WAREHOUSE]])
})

test('a mail that is refused is sent again, later each time, under its id', async () => {
  await fallLow(depot)
  await tell(depot.db, [KEEPER])
  mailbox.refuse(2)
  await sendMails()
  expect(await emails()).toMatchObject([
    { attempts: 1, deliveredAt: null, lastError: expect.stringContaining('come back later') },
  ])
  depot.pass({ seconds: 29 })
  expect(await sendMails()).toBe(0)
  depot.pass({ seconds: 1 })
  await sendMails()
  depot.pass({ seconds: 60 })
  await sendMails()
  const [message] = await emails()
  expect(message).toMatchObject({ attempts: 3, deliveredAt: depot.clock.now })
  expect(mailbox.mails.map((mail) => headerOf(mail, 'Message-ID'))).toEqual([
    `<${message?.deliveryId}@bbm.example.com>`,
  ])
})

test('a mail server that is away for three days is given up, and the books never noticed', async () => {
  await fallLow(depot)
  await tell(depot.db, [KEEPER])
  const away = () => sendDue(depot, { smtpUrl: 'smtp://127.0.0.1:1' })
  for (let tries = 0; tries < 3; tries++) {
    await away()
    depot.pass({ hours: 36 })
  }
  expect(await emails()).toMatchObject([
    { attempts: 3, dueAt: null, deliveredAt: null, givenUpAt: expect.any(Date) },
  ])
})

test('news of a recovery waits for that of the shortage', async () => {
  await fallLow(depot)
  await tell(depot.db, [KEEPER])
  mailbox.refuse(1)
  await sendMails()
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 5000 })
  await sendMails()
  expect(mailbox.mails).toEqual([])
  depot.pass({ seconds: 30 })
  await sendMails()
  expect(mailbox.mails.map((mail) => headerOf(mail, 'Subject'))).toEqual([
    'Stok GENSET menipis: 4.200 liter',
    'Stok GENSET cukup lagi: 9.200 liter',
  ])
})

test('one recipient that is refused does not keep the others from their mail', async () => {
  await fallLow(depot)
  await tell(depot.db, [KEEPER, WAREHOUSE])
  mailbox.refuseRecipient(WAREHOUSE)
  await sendMails()
  expect(mailbox.mails.map(({ to }) => to)).toEqual([[KEEPER]])
  expect(await emails()).toMatchObject([
    { deliveredAt: depot.clock.now, lastError: `ditolak untuk ${WAREHOUSE}` },
  ])
})

test('a name that looks like a header stays a name', async () => {
  const name = 'Genset <a@b.example>, "Timur" é'
  await depot.db.update(locations).set({ name }).where(eq(locations.code, 'GENSET'))
  await fallLow(depot)
  await tell(depot.db, [KEEPER])
  await sendMails()
  expect(mailbox.mails).toMatchObject([{ to: [KEEPER] }])
})

test.each([
  ['without SMTP_URL', { smtpUrl: undefined }, 'SMTP_URL'],
  ['without recipients', { smtpUrl: 'smtp://127.0.0.1:1' }, 'penerima'],
])('%s a mail is given up at once, and does not leave weeks later', async (_, config, reason) => {
  await fallLow(depot)
  await sendDue(depot, config)
  expect(await emails()).toMatchObject([
    { givenUpAt: depot.clock.now, dueAt: null, lastError: expect.stringContaining(reason) },
  ])
  await tell(depot.db, [KEEPER])
  depot.pass({ days: 1 })
  expect(await sendMails()).toBe(0)
  expect(mailbox.mails).toEqual([])
})
