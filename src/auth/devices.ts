import Bowser from 'bowser'

const UNKNOWN = 'Peramban tidak dikenal'

/** A browser by the name that people know it by: "Chrome di Windows 7". A program is called as it calls itself. */
export function deviceOf(userAgent: string): string {
  if (userAgent.trim() === '') return UNKNOWN
  const { browser, os } = Bowser.parse(userAgent)
  if (!os.name) return programOf(userAgent)
  const system = os.name === 'Windows' ? windowsOf(os.versionName) : os.name
  const name = (browser.name ?? '').replace(/ for Android$/, '')
  return name === '' ? `Peramban di ${system}` : `${name} di ${system}`
}

/** Windows 11 says that it is 10. */
function windowsOf(version: string | undefined): string {
  if (version === undefined) return 'Windows'
  return version === '10' ? 'Windows 10 atau 11' : `Windows ${version}`
}

function programOf(userAgent: string): string {
  const [name] = /^[A-Za-z][A-Za-z0-9._-]{0,29}/.exec(userAgent) ?? []
  return name === undefined || name === 'Mozilla' ? UNKNOWN : name
}
