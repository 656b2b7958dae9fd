import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { HtmlEscapedString } from 'hono/utils/html'
import { readAssets } from '#src/assets/manifest.ts'
import { type Actor, can, isAllowed, ROLE_LABELS } from '#src/auth/permissions.ts'
import { readLowStock } from '#src/cover/queries.ts'
import { isDatabaseAway } from '#src/database/errors.ts'
import { ownAddress } from '#src/http/kept-form.ts'
import type { Env } from '#src/http/route.ts'
import type { RefusalStatus } from '#src/rejected.ts'
import { businessDay, wallClock, zoneLabel } from '#src/units/business-day.ts'
import { ReuseBanner } from '#views/auth/reuse-banner.tsx'
import { LowBanner, type LowStock } from '#views/cover/low-banner.tsx'
import { document, type Viewer } from '#views/layout.tsx'

const OFFSETS = { WITA: 'WITA (UTC+8)', WIB: 'WIB (UTC+7)', WIT: 'WIT (UTC+9)' } as Record<
  string,
  string
>

type Content = HtmlEscapedString | Promise<HtmlEscapedString>

export type Page = {
  title: string
  status?: 200 | RefusalStatus | 500 | 503
  /** What was just done. */
  announcement?: Child
  isGate?: boolean
  hasChart?: boolean
  /** The id of the element that the answer replaces, where it is not the one that was asked for. */
  target?: string
  /** Whether the answer replaces what is in that element, and not the element. */
  isInside?: boolean
}

/** Sends a page, or the fragment alone where htmx asked for it. The only reader of htmx's headers. */
export async function render(c: Context<Env>, page: Page, content: Content): Promise<Response> {
  c.header('Vary', 'HX-Request, HX-History-Restore-Request')
  c.header('Cache-Control', 'no-store')
  c.status(page.status ?? 200)
  if (isFragment(c)) {
    if (page.target !== undefined) c.header('HX-Retarget', `#${page.target}`)
    if (page.isInside) {
      c.header('HX-Reswap', 'innerHTML')
      c.header('HX-Reselect', 'unset')
    }
    // What is refused as text is said where it was asked for; a fragment is meant to be seen, whatever its status.
    if (page.status !== undefined && page.status >= 400) c.header('X-BBM-Fragment', 'shown')
    if (!mayBeNews(c, page)) return c.html(content)
    return c.html(
      <>
        {content}
        <LowBanner lowStock={await lowStockOf(c)} isOutOfBand />
      </>,
    )
  }
  const { config } = c.get('system')
  const label = zoneLabel(config.timezone)
  const session = c.get('session')
  return c.html(
    document({
      title: page.title,
      path: c.req.path,
      zoneLabel: OFFSETS[label] ?? label,
      assets: readAssets(),
      viewer: session ? viewerOf(session.actor) : null,
      formToken: c.get('formToken'),
      banner: session ? (
        <>
          {reuseBanner(c)}
          <LowBanner lowStock={await knownLowStock(c, page)} />
        </>
      ) : null,
      status: page.announcement,
      isGate: page.isGate ?? false,
      hasChart: page.hasChart ?? false,
      children: content,
    }),
  )
}

/** Whether the answer will be put into a page that is already there. */
export function isFragment(c: Context<Env>): boolean {
  const asks = c.req.header('HX-Request') === 'true'
  return asks && !c.req.header('HX-History-Restore-Request') && !c.req.header('HX-Boosted')
}

/** Leads on to another page of ours. htmx would follow a 303 by itself and swap the page into a fragment's place. */
export function redirect(c: Context<Env>, path: string): Response {
  if (!isFragment(c)) return c.redirect(path, 303)
  c.header('HX-Redirect', path)
  return c.body(null, 200)
}

/** A write may have changed what is low, and so may others have before a page asked whether it is still fresh. */
const mayBeNews = (c: Context<Env>, { status = 200 }: Page): boolean =>
  status === 200 &&
  c.get('session') !== null &&
  (c.req.method !== 'GET' || c.req.query('seen') !== undefined)

/** The session was found together with the number of low locations: where there are none, nothing more is asked. */
async function knownLowStock(c: Context<Env>, { status = 200 }: Page): Promise<LowStock | null> {
  // After a fault the database may be away, and the page that says so must come all the same.
  const session = c.get('session')
  if (status >= 500 || !session?.lowLocations || session.mustChangePassword) return null
  return lowStockOf(c)
}

async function lowStockOf(c: Context<Env>): Promise<LowStock | null> {
  const session = c.get('session')
  if (!session) return null
  const { actor } = session
  const { db, now, config } = c.get('system')
  const today = businessDay(now(), config.timezone)
  try {
    const lowStock = await readLowStock(db, actor, today)
    return { ...lowStock, today, mayRecordDelivery: isAllowed(can.recordDelivery, actor) }
  } catch (error) {
    // What the page itself says, such as that something was booked, is worth more than this.
    if (!isDatabaseAway(error)) throw error
    return null
  }
}

function reuseBanner(c: Context<Env>): Child {
  const session = c.get('session')
  const formToken = c.get('formToken')
  const system = c.get('system')
  if (!session?.reuseNoticedAt) return null
  const at = session.reuseNoticedAt
  return (
    <ReuseBanner
      formToken={formToken}
      at={at.toISOString()}
      clock={wallClock(at, system.config.timezone)}
      next={c.req.method === 'GET' ? ownAddress(c) : '/'}
    />
  )
}

function viewerOf(actor: Actor): Viewer {
  return {
    name: actor.name,
    roleLabel: ROLE_LABELS[actor.role],
    placeLabel:
      actor.role === 'operasional' ? (actor.location?.name ?? 'tanpa lokasi') : 'semua lokasi',
    mayViewAudit: isAllowed(can.viewAudit, actor),
    mayManageUsers: isAllowed(can.manageUsers, actor),
    mayManageLocations: isAllowed(can.manageLocations, actor),
    mayManageSettings: isAllowed(can.manageSettings, actor),
    mayImport: isAllowed(can.importBooks, actor),
  }
}
