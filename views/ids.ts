/** Ids that routes, views, the browser's script and tests share. */
export const STATUS_ID = 'status'
export const AUDIT_ID = 'audit'
export const CHARTS_ID = 'charts'
export const TREND_TABLE_ID = 'trend-table'
export const HISTORY_ID = 'history'
export const LAST_ENTRIES_ID = 'last'
export const CHOSEN_ID = 'chosen'
export const BALANCE_ID = 'balance'
export const BALANCE_DAY_ID = 'balance-day'
export const CONTENT_ID = 'isi'
/** One form of a correction is open at a time, and so these are constants. */
export const CORRECTION_FORM_ID = 'correction-form'
export const CORRECTION_PREVIEW_ID = 'correction-preview'
export const FORESEEN_ID = 'foreseen'

export const entryRowId = (entryId: number): string => `entry-${entryId}`
export const drawerId = (entryId: number): string => `correction-${entryId}`
export const balanceId = (locationCode: string): string => `balance-${locationCode}`
