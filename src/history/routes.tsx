import { readEntryTrail } from '#src/audit/queries.ts'
import { can, isAllowed } from '#src/auth/permissions.ts'
import { announceCorrection } from '#src/corrections/announcement.tsx'
import { findCorrectable } from '#src/corrections/offer.ts'
import { findCorrection, findOwnCorrection } from '#src/corrections/queries.ts'
import { TypedHistoryFilter } from '#src/history/input.ts'
import { historyContent } from '#src/history/page.tsx'
import { findVisibleEntry } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { currentVersion, unchanged } from '#src/http/freshness.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { render } from '#src/http/render.tsx'
import { route } from '#src/http/route.ts'
import { notFound } from '#src/rejected.ts'
import { zoneLabel } from '#src/units/business-day.ts'
import { EntryPage } from '#views/history/entry-page.tsx'

export const historyRoutes = [
  route('GET', '/history', can.viewStock, async (c) => {
    const version = currentVersion(c)
    const same = unchanged(c, version)
    if (same) return same
    const announced = await announceCorrection(c)
    const { content, status } = await historyContent(c, {
      typed: await readTyped(c),
      read: () => readInput(c, 'query', TypedHistoryFilter),
      newEntryIds: announced.newEntryIds,
      version,
    })
    return render(c, { title: 'Riwayat', status, announcement: announced.status }, content)
  }),

  route('GET', '/history/:id{[1-9][0-9]{0,14}}', can.viewStock, async (c) => {
    const { db, now, config } = c.get('system')
    const zone = config.timezone
    const actor = actorOf(c)
    const id = Number(c.req.param('id'))
    const entry = await findVisibleEntry(db, actor, { id, zone })
    if (!entry) throw notFound()
    return render(
      c,
      { title: `Catatan nomor ${entry.id}` },
      <EntryPage
        entry={entry}
        zoneLabel={zoneLabel(zone)}
        partOf={await findOwnCorrection(db, zone, entry)}
        correctedBy={await findCorrection(db, zone, entry.id)}
        isCorrectable={findCorrectable(actor, [entry], now()).has(entry.id)}
        trail={await readEntryTrail(db, { id: entry.id, zone })}
        mayViewAudit={isAllowed(can.viewAudit, actor)}
      />,
    )
  }),
]
