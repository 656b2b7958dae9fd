import type { Context } from 'hono'
import { readHeads } from '#src/audit/queries.ts'
import { ADMINISTRATION_CHAIN, chainOfLocation } from '#src/audit/service.ts'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { indonesianCsv, plainCsv } from '#src/exports/csv.ts'
import { type ExportRow, readExportRows } from '#src/exports/rows.ts'
import { isFull, streamFromSnapshot } from '#src/exports/stream.ts'
import { xlsx } from '#src/exports/xlsx.ts'
import type { ExportFacts } from '#src/exports/xlsx-facts.ts'
import { type Choices, readChoices } from '#src/history/choices.ts'
import { inReach, reachOf, scopeOf } from '#src/history/conditions.ts'
import type { EntryFilter, ExportFormat } from '#src/history/input.ts'
import { actorOf, sessionOf } from '#src/http/actor.ts'
import { noteAccess } from '#src/http/note-access.ts'
import { noteBrokenFile } from '#src/http/request-log.ts'
import type { Env } from '#src/http/route.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { spendDownload } from '#src/throttle/downloads.ts'
import { businessDay, wallClock, zoneLabel } from '#src/units/business-day.ts'
import { filterInWords } from '#views/history/filter-words.ts'

type Format = {
  type: string
  ending: string
  write: (rows: AsyncIterable<ExportRow[]>, facts: ExportFacts) => AsyncIterable<Uint8Array>
}

const FORMATS: Record<ExportFormat, Format> = {
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: 'xlsx',
    write: xlsx,
  },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv', write: plainCsv },
  'csv-id': { type: 'text/csv; charset=utf-8', ending: 'csv', write: indonesianCsv },
}

export const FILE_TYPES = [...new Set(Object.values(FORMATS).map(({ type }) => type))]

/** Answers with a file of the entries that a filter chooses, and writes down who took it. */
export async function sendExport(
  c: Context<Env>,
  { format, ...filter }: EntryFilter & { format: ExportFormat },
): Promise<Response> {
  const { db, now, config } = c.get('system')
  const zone = config.timezone
  const actor = actorOf(c)
  const { type, ending, write } = FORMATS[format]
  keepOpen(c)
  // Whoever is told to wait for others has taken nothing.
  if (!isFull()) await spendDownload(c.get('system'), sessionOf(c).id)
  const open = async (tx: Db, signal: AbortSignal) => {
    const choices = await readChoices(tx, actor)
    const { locations } = choices
    const scope = scopeOf(locations, filter.location)
    const reach = inReach(reachOf(scope, locations, actor))
    const facts: ExportFacts = {
      filterWords: wordsFor(filter, actor, choices),
      madeAt: wallClock(now(), zone),
      zoneLabel: zoneLabel(zone),
      madeBy: actor.name,
      chains: await readChainsOf(tx, scope, scope === locations && actor.role !== 'operasional'),
    }
    const rows = readExportRows(tx, { filter, scope, reach, zone, signal })
    await noteAccess(c, { action: 'export', detail: `${format}: ${facts.filterWords}` })
    return write(rows, facts)
  }
  const body = await streamFromSnapshot(db, c.req.raw.signal, open, (error) =>
    noteBrokenFile(c, error),
  )
  const name = [
    'stok',
    businessDay(now(), zone).replaceAll('-', ''),
    filter.location ?? actor.location?.code,
  ]
  c.header('Content-Type', type)
  c.header(
    'Content-Disposition',
    `attachment; filename="${name.filter((part) => part).join('-')}.${ending}"`,
  )
  c.header('Cache-Control', 'no-store')
  return c.body(body)
}

function wordsFor(filter: EntryFilter, actor: Actor, choices: Choices): string {
  const { user, consumer, ...words } = filter
  const values = { ...words, user: String(user ?? ''), consumer: String(consumer ?? '') }
  return filterInWords({ filter: values, ...choices, showLocation: actor.role !== 'operasional' })
}

async function readChainsOf(tx: Db, scope: LocationView[], isAll: boolean) {
  const chains = new Set(scope.map(({ id }) => chainOfLocation(id)))
  if (isAll) chains.add(ADMINISTRATION_CHAIN)
  return (await readHeads(tx)).filter(({ chain }) => chains.has(chain))
}

/** Bun cuts a connection that is silent for long: a rare word in a large book may be. The stream has its own deadline. */
function keepOpen(c: Context<Env>): void {
  const server: unknown = c.env
  if (server instanceof Object && 'timeout' in server && typeof server.timeout === 'function')
    server.timeout(c.req.raw, 0)
}
