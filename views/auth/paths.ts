export const LOGIN_PATH = '/login'
export const FORGOTTEN_PATH = '/login/forgotten'
export const WARNINGS_PATH = '/account/warnings'
export const PASSWORD_PATH = '/account/password'

/** Instead of one person: all who are known on this browser are forgotten. */
export const EVERYBODY = 'all'

/** The sign-in, for somebody who is known on this browser or for anybody. */
export function signInHref({ as, next }: { as?: number; next: string }): string {
  const query = new URLSearchParams(as === undefined ? {} : { as: String(as) })
  if (next !== '/') query.set('next', next)
  return query.size === 0 ? LOGIN_PATH : `${LOGIN_PATH}?${query}`
}
