export { readHistory as readFlat } from '#src/history/queries.ts'
