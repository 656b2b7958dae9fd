import { createPool, type Pool, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise'
import { z } from 'zod'
import { connectionOptions } from '#src/database/client.ts'

/**
 * The least that could answer the same questions: plain mysql2, no sign-in, no HTML. What the app is measured against.
 * Usage: bun src/bench/floor-command.ts PORT, with DATABASE_URL.
 */
const POOL_SIZE = 10
const PAGE = `
  select t.id, t.type, t.kind, t.litres, l.code, t.occurred_at, t.recorded_at, u.name, t.notes, t.reference
  from (select * from transactions order by occurred_at desc, id desc limit 20) t
  join locations l on l.id = t.location_id join users u on u.id = t.user_id
  order by t.occurred_at desc, t.id desc`
const BALANCES = `
  select l.code, b.balance, d.net, d.litres_in, d.litres_out from locations l
  join location_balances b on b.location_id = l.id
  left join location_days d on d.location_id = l.id and d.business_day = (
    select max(business_day) from location_days where location_id = l.id)`
const YEAR = `
  select location_id, business_day, net, litres_in, litres_out from location_days
  where business_day > (select max(business_day) - interval 365 day from location_days)`
/** The books count in minutes: a later second would put what the app books after it in the middle of the day. */
const THIS_MINUTE = `date_format(utc_timestamp(), '%Y-%m-%d %H:%i:00')`
const READS: Record<string, string> = { '/history': PAGE, '/': BALANCES, '/charts': YEAR }

const Usage = z.object({ amount: z.string() })

const pool = createPool({
  ...connectionOptions(process.env.DATABASE_URL ?? ''),
  connectionLimit: POOL_SIZE,
})

Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.argv[2]),
  async fetch(request) {
    const { pathname } = new URL(request.url)
    if (request.method === 'POST') {
      const { amount } = Usage.parse(await request.json())
      return Response.json(await bookUsage(pool, amount))
    }
    const [rows] = await pool.query<RowDataPacket[]>(READS[pathname] ?? 'select 1')
    return Response.json(rows)
  },
})

/** The statements of one booking, without a question asked of them. */
async function bookUsage(from: Pool, amount: string): Promise<{ id: number }> {
  const connection = await from.getConnection()
  const ask = async (text: string, values: (string | number)[] = []) =>
    (await connection.query<RowDataPacket[]>(text, values))[0]
  try {
    await connection.query('set transaction isolation level read committed')
    await connection.query('begin')
    const [place] = await ask("select id from locations where code = 'GENSET'")
    const id = Number(place?.id)
    await ask('select balance from location_balances where location_id = ? for update', [id])
    const [made] = await connection.query<ResultSetHeader>(
      `insert into transactions (type, kind, litres, location_id, occurred_at, business_day, recorded_at, user_id)
       values ('OUT', 'usage', ?, ?, ${THIS_MINUTE}, utc_date(), utc_timestamp(3), 1)`,
      [amount, id],
    )
    await ask(
      `insert into location_days (location_id, business_day, net, litres_in, litres_out, entries_in, entries_out, lowest, highest,
         rows_in, rows_out, last_at)
       values (?, utc_date(), -?, 0, ?, 0, 1, -?, 0, 0, 1, ${THIS_MINUTE})
       on duplicate key update net = net - ?, litres_out = litres_out + ?, entries_out = entries_out + 1,
         rows_out = rows_out + 1, last_at = ${THIS_MINUTE}, lowest = least(lowest, net)`,
      [id, amount, amount, amount, amount, amount],
    )
    await ask(
      `insert into location_months (location_id, month, litres_in, litres_out, rows_in, rows_out)
       values (?, date_format(utc_date(), '%Y-%m-01'), 0, ?, 0, 1)
       on duplicate key update litres_out = litres_out + ?, rows_out = rows_out + 1`,
      [id, amount, amount],
    )
    await ask(
      'update location_balances set balance = balance - ?, entries = entries + 1 where location_id = ?',
      [amount, id],
    )
    const chain = `location:${id}`
    const [head] = await ask('select * from audit_chains where chain = ? for update', [chain])
    await ask(
      `insert into system_logs (chain, position, recorded_at, user_id, action, subject, after_state, previous_hash, hash)
       values (?, ?, utc_timestamp(3), 1, 'entry.book', ?, ?, ?, ?)`,
      [chain, head?.length + 1, `entry:${made.insertId}`, '{}', head?.head_hash, head?.head_hash],
    )
    await ask('update audit_chains set length = length + 1 where chain = ?', [chain])
    await connection.query('commit')
    return { id: made.insertId }
  } catch (error) {
    await connection.query('rollback')
    throw error
  } finally {
    connection.release()
  }
}
