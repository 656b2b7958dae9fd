import { readChains, readLatestChanges } from '#src/audit/queries.ts'
import { can } from '#src/auth/permissions.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { render } from '#src/http/render.tsx'
import { route } from '#src/http/route.ts'
import { zoneLabel } from '#src/units/business-day.ts'
import { AuditPage } from '#views/audit/audit-page.tsx'

const LATEST = 20

export const auditRoutes = [
  route('GET', '/audit', can.viewAudit, async (c) => {
    const { db, config } = c.var.system
    const zone = config.timezone
    const shown = await inSnapshot(db, async (snapshot) => ({
      chains: await readChains(snapshot, zone),
      changes: await readLatestChanges(snapshot, { limit: LATEST, zone }),
    }))
    return render(c, { title: 'Audit' }, <AuditPage {...shown} zoneLabel={zoneLabel(zone)} />)
  }),
]
