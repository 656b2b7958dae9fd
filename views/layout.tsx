import type { Child } from 'hono/jsx'
import type { Assets } from '#src/assets/manifest.ts'
import { ACCOUNT_PATH } from '#views/account/paths.ts'
import { CONTENT_ID, STATUS_ID } from '#views/ids.ts'
import { Brand } from '#views/ui/brand.tsx'
import { Button } from '#views/ui/button.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

export type Viewer = {
  name: string
  roleLabel: string
  placeLabel: string
  mayViewAudit: boolean
  mayManageUsers?: boolean
  mayManageLocations?: boolean
  mayManageSettings?: boolean
  mayImport?: boolean
}

export type LayoutProps = {
  title: string
  /** The page's own path: marks where we are in the navigation. */
  path: string
  zoneLabel: string
  assets: Assets
  /** Null before sign-in: no navigation, no one to sign out. */
  viewer: Viewer | null
  formToken: string
  /** The banners: what the person should know on every page. */
  banner?: Child
  /** What was just done, as BookedStatus says it. */
  status?: Child
  /** Sign-in stands alone, without bar and foot. */
  isGate?: boolean
  /** Whether the page draws a chart: only then is the script for it loaded. */
  hasChart?: boolean
  children: Child
}

type NavigationLink = { href: string; label: string }

const NAVIGATION: NavigationLink[] = [
  { href: '/', label: 'Beranda' },
  { href: '/history', label: 'Riwayat' },
  { href: '/charts', label: 'Grafik' },
  { href: '/reports', label: 'Laporan' },
]
const USERS: NavigationLink = { href: '/users', label: 'Pengguna' }
const LOCATIONS: NavigationLink = { href: '/locations', label: 'Lokasi' }
const AUDIT: NavigationLink = { href: '/audit', label: 'Audit' }
const SETTINGS: NavigationLink = { href: '/settings', label: 'Pengaturan' }
const IMPORTS: NavigationLink = { href: '/imports', label: 'Impor' }

/**
 * htmx keeps to the page's strict policy: nothing evaluated, nothing injected. What is refused is swapped in where the
 * server marks it as a part of the page (`showMarkedAnswers`).
 */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  // Not `style`: a field that a person has drawn larger carries one, and copying it would break the policy.
  attributesToSettle: ['class'],
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  historyRestoreAsHxRequest: false,
  timeout: 30_000,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '...', swap: false, error: true },
  ],
})

/** The whole page as text, doctype included. */
export function document(props: LayoutProps): string {
  return `<!doctype html>${(<Layout {...props} />).toString()}`
}

export function Layout(props: LayoutProps) {
  return (
    <html lang="id">
      <Head title={props.title} assets={props.assets} hasChart={props.hasChart ?? false} />
      <body>
        <a class="skip" href={`#${CONTENT_ID}`}>
          Langsung ke isi
        </a>
        {props.isGate ? props.children : <Desk {...props} />}
      </body>
    </html>
  )
}

const MOST = 64

type HeadProps = { title: string; assets: Assets; hasChart: boolean }

const Head = drawnOnce(MOST, ({ title, assets, hasChart }: HeadProps) => {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="htmx-config" content={HTMX_CONFIG} />
      <title>{`${title} · Monitoring BBM`}</title>
      <link rel="icon" href={assets.icon} type="image/svg+xml" />
      <link rel="stylesheet" href={assets.style} />
      <script src={assets.script} defer />
      {hasChart ? <script src={assets.chart} defer /> : null}
    </head>
  )
})

function Desk(props: LayoutProps) {
  return (
    <>
      <TopBar viewer={props.viewer} path={props.path} formToken={props.formToken} />
      {props.banner}
      <main class="page" id={CONTENT_ID}>
        <p class="status" id={STATUS_ID} role="status" tabindex={-1}>
          {props.status}
        </p>
        {props.children}
      </main>
      <footer class="foot">
        <p>Semua waktu dalam {props.zoneLabel}.</p>
      </footer>
    </>
  )
}

function TopBar({ viewer, path, formToken }: Pick<LayoutProps, 'viewer' | 'path' | 'formToken'>) {
  const links = viewer ? linksOf(viewer) : []
  // Not the path itself, of which there are as many as people can type.
  const current = links.find(({ href }) => isWithin(path, href))?.href
  return (
    <header class="topbar">
      <div class="topbar-in">
        <Brand href="/" /> {viewer ? <Navigation links={links} current={current} /> : null}
        {viewer ? <Who viewer={viewer} formToken={formToken} path={path} /> : null}
      </div>
    </header>
  )
}

const linksOf = (viewer: Viewer): NavigationLink[] => [
  ...NAVIGATION,
  ...(viewer.mayManageUsers ? [USERS] : []),
  ...(viewer.mayManageLocations ? [LOCATIONS] : []),
  ...(viewer.mayViewAudit ? [AUDIT] : []),
  ...(viewer.mayImport ? [IMPORTS] : []),
  ...(viewer.mayManageSettings ? [SETTINGS] : []),
]

type NavigationProps = { links: NavigationLink[]; current: string | undefined }

const Navigation = drawnOnce(MOST, ({ links, current }: NavigationProps) => (
  <nav class="nav" aria-label="Utama">
    {links.map(({ href, label }) => (
      <>
        <a href={href} aria-current={href === current ? 'page' : undefined}>
          {label}
        </a>{' '}
      </>
    ))}
  </nav>
))

type WhoProps = { viewer: Viewer; formToken: string; path: string }

function Who({ viewer, formToken, path }: WhoProps) {
  return (
    <form class="who" method="post" action="/logout">
      <input type="hidden" name="formToken" value={formToken} />
      <a
        class="who-link"
        href={ACCOUNT_PATH}
        aria-current={isWithin(path, ACCOUNT_PATH) ? 'page' : undefined}
      >
        <span class="who-name">{viewer.name}</span>{' '}
        <span class="who-role">{`${viewer.roleLabel} · ${viewer.placeLabel}`}</span>{' '}
        <span class="visually-hidden">(akun saya)</span>
      </a>
      <Button size="compact">Keluar</Button>
    </form>
  )
}

const isWithin = (path: string, href: string): boolean =>
  path === href || (href !== '/' && path.startsWith(`${href}/`))
