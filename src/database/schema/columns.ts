import { customType } from 'drizzle-orm/mysql-core'
import { type Litres, parseDecimal, toDecimal } from '#src/units/litres.ts'

/** Litres as DECIMAL(12,2): the amount of one entry, a capacity, a threshold. */
export const litres = customType<{ data: Litres; driverData: string }>({
  dataType: () => 'decimal(12,2)',
  toDriver: toDecimal,
  fromDriver: parseDecimal,
})

/** Litres as DECIMAL(18,2): sums of any number of entries. */
export const litreSum = customType<{ data: Litres; driverData: string }>({
  dataType: () => 'decimal(18,2)',
  toDriver: toDecimal,
  fromDriver: parseDecimal,
})

/** Keys and hashes: compared byte by byte, where the database's own collation would take "a" for "A". */
export const ascii = customType<{ data: string; config: { length: number } }>({
  dataType: (config) => `varchar(${config?.length ?? 255}) character set ascii collate ascii_bin`,
})

/** An instant in UTC. MySQL rounds where JavaScript cuts, so the value is written to the exact place kept. */
export const instant = customType<{
  data: Date
  driverData: string
  config: { fractionalSeconds: 0 | 3 }
}>({
  dataType: (config) =>
    config?.fractionalSeconds ? `datetime(${config.fractionalSeconds})` : 'datetime',
  toDriver: (value) => value.toISOString().slice(0, 23).replace('T', ' '),
  fromDriver: (value) => new Date(`${value.replace(' ', 'T')}Z`),
})

/** A calendar day, `YYYY-MM-DD`, in the company's zone. */
export const day = customType<{ data: string; driverData: string }>({ dataType: () => 'date' })
