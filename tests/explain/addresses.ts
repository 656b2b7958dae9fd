import type { LargeDepot } from '#tests/explain/books.ts'

const SORTS = ['', 'sort=date', 'sort=amount', 'sort=-amount']
const PLACES = ['', 'location=GENSET']
const PAGES = ['', 'page=20&limit=50']
const DATES = ['date=2025-06-15', 'date=2021-03-01&sort=date']
const PERIOD = 'startDate=2025-06-01&endDate=2025-06-30'
const LONG_PERIOD = 'startDate=2022-01-15&endDate=2025-06-30'
const WORDS = ['genset', 'sandar+losari', 'nopol', 'audit', '80000001', 'tidakada']
/** Beside an entry of the middle of the books. */
const CURSORS = ['after=1690000000-900', 'before=1690000000-900']

/** What is asked of each GET route, by its path: a route that is not here has not been thought about. */
export function addressesOf(depot: LargeDepot): Record<string, string[]> {
  const { corrected, untouched, ids } = depot
  const history = historyQueries(depot)
  const charts = chartQueries()
  const exports = exportQueries(depot)
  return {
    '/healthz': ['/healthz'],
    '/readyz': ['/readyz'],
    '/login': ['/login'],
    '/account': ['/account'],
    '/account/password': ['/account/password'],
    '/': ['/', `/?booked=${untouched}`],
    '/stock/in': ['/stock/in', '/stock/in?location=GENSET', '/stock/in?kind=opening'],
    '/stock/out': ['/stock/out', '/stock/out?location=GENSET', `/stock/out?booked=${untouched}`],
    // The page asks as its API does, and reads more around it.
    '/history': [
      ...under('/history', ['', PERIOD, 'search=genset']),
      `/history?reversal=${corrected}`,
    ],
    '/history/:id': [untouched, corrected].map((id) => `/history/${id}`),
    '/history/:id/correction': [untouched, corrected].flatMap((id) => [
      `/history/${id}/correction`,
      `/history/${id}/correction?mode=replace&replacement.amount=3`,
      `/history/${id}/correction?mode=reverse`,
    ]),
    '/charts': under('/charts', [...charts, ...charts.map((query) => and(query, CONSUMERS))]),
    '/charts.csv': under('/charts.csv', [...charts, ...charts.map((one) => and(one, CONSUMERS))]),
    '/stock/export': under('/stock/export', exports),
    '/audit': under('/audit', ['', PERIOD, ...auditQueries(depot)]),
    '/audit/changes/:id': ['/audit/changes/1', '/audit/changes/20'],
    '/audit/access': under('/audit/access', ['', PERIOD, `user=${depot.ids.sari}`, 'address=::1']),
    '/imports': ['/imports'],
    '/imports/previews/:id': [],
    '/api/auth/me': ['/api/auth/me'],
    '/api/stock/summary': ['/api/stock/summary', '/api/stock/summary?location=GENSET'],
    '/api/stock/history': under('/api/stock/history', history),
    '/api/stock/export': under('/api/stock/export', exports),
    '/api/stock/trend': under('/api/stock/trend', ['', 'days=7', 'days=3660', PERIOD]),
    '/reports': ['/reports', '/reports?month=2025-06'],
    '/reports/:month': [
      '/reports/2025-06',
      '/reports/2025-06?location=GENSET',
      '/reports/2025-06.pdf',
      '/reports/2026-01',
    ],
    '/api/reports/:month': ['/api/reports/2025-06', '/api/reports/2025-06?location=GENSET'],
    '/settings': ['/settings'],
    '/settings/:part': ['/settings/company'],
    '/settings/:part/edit': ['/settings/company/edit'],
    '/api/settings': ['/api/settings'],
    '/users': under('/users', ['', 'search=a&active=yes', 'sort=-lastSignIn&page=2']),
    '/users/new': ['/users/new'],
    '/users/:id': [`/users/${ids.sari}`],
    '/users/:id/edit': [`/users/${ids.sari}/edit`],
    '/users/:id/password': [`/users/${ids.sari}/password`],
    '/keys': ['/keys'],
    '/keys/new': ['/keys/new'],
    '/keys/:id/revocation': [],
    '/api/keys': ['/api/keys'],
    '/api/docs': ['/api/docs'],
    '/api/openapi.json': ['/api/openapi.json'],
    '/api/users': ['/api/users'],
    '/api/locations': ['/api/locations'],
    '/api/locations/:id/consumers': ['/api/locations/1/consumers'],
    '/locations': ['/locations', '/locations?saved=1'],
    '/locations/new': ['/locations/new'],
    '/locations/:id': ['/locations/1', `/locations/1?saved=${depot.consumerId}`],
    '/locations/:id/edit': ['/locations/1/edit'],
    '/locations/:id/consumers/new': ['/locations/1/consumers/new'],
    '/consumers/:id': [`/consumers/${depot.consumerId}`],
    '/consumers/:id/edit': [`/consumers/${depot.consumerId}/edit`],
  }
}

const CONSUMERS = 'view=consumers'

/** Where the history goes other ways in large books. */
export function addressesOfLargeBooks(depot: LargeDepot): Record<string, string[]> {
  const queries = historyQueries(depot).filter((query) => /search=|sort=-?amount/.test(query))
  return { '/api/stock/history': under('/api/stock/history', queries) }
}

/** Each filter under each order, at one location and at all, on a near page and a far one. */
function historyQueries(depot: LargeDepot): string[] {
  const filters = ['', PERIOD, LONG_PERIOD, ...entryFilters(depot)]
  const pages = filters.flatMap((filter) =>
    SORTS.flatMap((sort) =>
      PLACES.flatMap((place) => PAGES.map((page) => [filter, sort, place, page])),
    ),
  )
  const jumps = filters.flatMap((filter) => DATES.map((date) => [filter, date]))
  const words = WORDS.flatMap((word) =>
    ['', 'type=IN', 'corrected=no', PERIOD, ...CURSORS].flatMap((filter) =>
      PLACES.map((place) => [`search=${word}`, filter, place]),
    ),
  )
  return [...pages, ...jumps, ...words].map((parts) => and(...parts))
}

function entryFilters({ consumerId, ids }: LargeDepot): string[] {
  return [
    'type=IN',
    'type=OUT',
    'kind=usage',
    'kind=delivery',
    'kind=reversal',
    'kind=transfer',
    `user=${ids.sari}`,
    `user=${ids.wati}&type=OUT`,
    `consumer=${consumerId}`,
    'corrected=yes',
    'corrected=no',
    `kind=usage&type=OUT&${PERIOD}`,
  ]
}

const chartQueries = (): string[] =>
  ['', 'startDate=2025-12-26', 'startDate=2025-12-01', 'startDate=2025-01-02', PERIOD].flatMap(
    (period) => PLACES.map((place) => and(period, place)),
  )

function exportQueries(depot: LargeDepot): string[] {
  const filters = ['', 'search=genset', ...entryFilters(depot)]
  const ofAMonth = filters.filter((filter) => !filter.includes(PERIOD))
  return ['', 'location=GENSET', ...ofAMonth.map((filter) => and(filter, PERIOD))].map(
    (filter, index) => and(filter, index === 1 ? 'format=xlsx' : 'format=csv'),
  )
}

function auditQueries({ untouched, corrected, ids }: LargeDepot): string[] {
  const filters = [
    `user=${ids.sari}`,
    'action=entry.correct',
    'thing=entry',
    `thing=entry&number=${untouched}`,
    `thing=entry&number=${corrected}`,
    'thing=settings',
    'chain=administration',
    'chain=location:1',
  ]
  return [...filters, ...filters.map((filter) => and(filter, PERIOD)), 'after=1769990000000-40']
}

const and = (...parts: string[]): string => parts.filter((part) => part !== '').join('&')

const under = (path: string, queries: string[]): string[] =>
  queries.map((query) => (query === '' ? path : `${path}?${query}`))
