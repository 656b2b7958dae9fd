export const ACCOUNT_PATH = '/account'
export const PASSWORD_PATH = '/account/password'
export const ENDINGS_PATH = '/account/sessions/endings'
