/** Ids that routes, views, the browser's script and tests share. */
export const STATUS_ID = 'status'
export const LOW_STOCK_ID = 'low-stock'
export const SUMMARY_ID = 'summary'
export const AUDIT_ID = 'audit'
export const CHARTS_ID = 'charts'
export const CONSUMERS_TABLE_ID = 'consumers-table'
export const TREND_TABLE_ID = 'trend-table'
export const HISTORY_ID = 'history'
export const FRESHNESS_ID = 'freshness'
export const HISTORY_RANGES_ID = 'history-ranges'
export const HISTORY_TOTALS_ID = 'history-totals'
export const HISTORY_NEWS_ID = 'history-news'
export const HISTORY_ROWS_ID = 'history-rows'
export const HISTORY_PAGER_ID = 'history-pager'
export const OVERVIEW_ID = 'overview'
export const OVERVIEW_NOW_ID = 'overview-now'
export const LAST_ENTRIES_ID = 'last'
export const CHOSEN_ID = 'chosen'
export const BALANCE_ID = 'balance'
export const BALANCE_DAY_ID = 'balance-day'
export const CONTENT_ID = 'isi'
export const SIGN_IN_ID = 'sign-in'
/** One form of a correction is open at a time, and so these are constants. */
export const CORRECTION_FORM_ID = 'correction-form'
export const CORRECTION_PREVIEW_ID = 'correction-preview'
export const FORESEEN_ID = 'foreseen'
export const SESSIONS_ID = 'sessions'
export const USERS_ID = 'users'
export const USERS_COUNT_ID = 'users-count'
export const USERS_HEAD_ID = 'users-head'

export const LOCATIONS_HEAD_ID = 'locations-head'
export const CONSUMERS_HEAD_ID = 'consumers-head'

export const entryRowId = (entryId: number): string => `entry-${entryId}`
export const drawerId = (entryId: number): string => `correction-${entryId}`
export const userRowId = (userId: number | 'new'): string => `user-${userId}`
export const locationRowId = (id: number | 'new'): string => `location-${id}`
export const consumerRowId = (id: number | 'new'): string => `consumer-${id}`
export const changeRowId = (changeId: number): string => `change-${changeId}`
export const changeDetailsId = (changeId: number): string => `change-${changeId}-details`
export const balanceId = (locationCode: string): string => `balance-${locationCode}`
