import { findChange } from '#src/audit/changes.ts'
import { accessContent, changesContent } from '#src/audit/page.tsx'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readId } from '#src/http/input.ts'
import { isFragment, render } from '#src/http/render.tsx'
import { route } from '#src/http/route.ts'
import { notFound } from '#src/rejected.ts'
import { zoneLabel } from '#src/units/business-day.ts'
import { ChangeDrawer, ChangePage, changeHeading } from '#views/audit/change-page.tsx'
import { ACCESS_PATH, AUDIT_PATH } from '#views/audit/filter.ts'

export const auditRoutes = [
  route('GET', AUDIT_PATH, can.viewAudit, async (c) => {
    const { content, status } = await changesContent(c)
    return render(c, { title: 'Audit', status }, content)
  }),

  route('GET', `${AUDIT_PATH}/changes/:id`, can.viewAudit, async (c) => {
    const { db, config } = c.get('system')
    const zone = config.timezone
    const change = await findChange(db, actorOf(c), { id: readId(c), zone })
    if (!change) throw notFound()
    const shown = { change, zone, zoneLabel: zoneLabel(zone) }
    return render(
      c,
      { title: changeHeading(shown) },
      isFragment(c) ? <ChangeDrawer {...shown} /> : <ChangePage {...shown} />,
    )
  }),

  route('GET', ACCESS_PATH, can.viewAdministration, async (c) => {
    const { content, status } = await accessContent(c)
    return render(c, { title: 'Masuk dan unduhan', status }, content)
  }),
]
