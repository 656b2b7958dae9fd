/** The filter of the list of people as it stands in the URL. Empty means: not filtered; an empty `sort` is by name. */
export type UsersFilterValues = { search: string; active: string; sort: string }

export const USERS_PATH = '/users'
export const NEW_USER_PATH = `${USERS_PATH}/new`

/** The query of a list without what is at its default. */
export function usersQuery({ search, active, sort }: UsersFilterValues, page = 1): string {
  const fields = Object.entries({
    search,
    active,
    sort: sort === 'name' ? '' : sort,
    page: page > 1 ? String(page) : '',
  })
  return new URLSearchParams(fields.filter(([, value]) => value !== '')).toString()
}

export function usersHref(filter: UsersFilterValues, page = 1): string {
  return listHref(usersQuery(filter, page))
}

/** The list under a query; `place` is the row to go to. */
export function listHref(query: string, place = ''): string {
  const address = query === '' ? USERS_PATH : `${USERS_PATH}?${query}`
  return place === '' ? address : `${address}#${place}`
}

export const userHref = (id: number): string => `${USERS_PATH}/${id}`
export const sessionEndsPath = (id: number): string => `${USERS_PATH}/${id}/session-ends`

/** Gives a person's row of the list under this query. */
export const rowHref = (id: number, query: string): string => remembering(userHref(id), query)

/** A page of a person that remembers the query of the list to come back to. */
export function pageOf(id: number, page: 'edit' | 'password', query: string): string {
  return remembering(`${userHref(id)}/${page}`, query)
}

const remembering = (path: string, query: string): string =>
  query === '' ? path : `${path}?${new URLSearchParams({ filter: query })}`
