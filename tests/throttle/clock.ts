import { afterAll, beforeEach, setSystemTime } from 'bun:test'
import { START } from '#tests/support/app.ts'

/** The clock of the machine, by which is counted: it stands, and each test begins at the same moment. */
export function useStandingClock() {
  let now = START.getTime()
  const pass = (seconds: number): void => {
    now += seconds * 1000
    setSystemTime(new Date(now))
  }
  beforeEach(() => {
    now = START.getTime()
    pass(0)
  })
  afterAll(() => void setSystemTime())
  return { pass }
}
