/** The filter of the changes as it stands in the address. Empty means: not filtered. */
export type ChangeFilterValues = {
  user: string
  action: string
  thing: string
  number: string
  chain: string
  startDate: string
  endDate: string
}

/** The same of sign-ins and refusals. */
export type AccessFilterValues = {
  user: string
  action: string
  address: string
  startDate: string
  endDate: string
}

/** The page beside a cursor. */
export type Beside = { before?: string; after?: string }

export const AUDIT_PATH = '/audit'
export const ACCESS_PATH = '/audit/access'

/** In `user`: what nobody did who is known. */
export const NOBODY_VALUE = 'none'

export const changeHref = (id: number): string => `${AUDIT_PATH}/changes/${id}`

/** The address of a list under its filter, without what is empty. */
export function trailHref(
  path: string,
  filter: Partial<ChangeFilterValues & AccessFilterValues>,
  beside: Beside = {},
): string {
  const fields = Object.entries({ ...filter, ...beside }).filter(([, value]) => value !== '')
  const query = new URLSearchParams(fields).toString()
  return query === '' ? path : `${path}?${query}`
}

export const isFiltered = (filter: ChangeFilterValues | AccessFilterValues): boolean =>
  Object.values(filter).some((value) => value !== '')
