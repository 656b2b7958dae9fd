/** What a time zone shapes is built once for each zone: making a schema costs more than checking something with it. */
export function perZone<Built>(build: (zone: string) => Built): (zone: string) => Built {
  const built = new Map<string, Built>()
  return (zone) => {
    const known = built.get(zone) ?? build(zone)
    built.set(zone, known)
    return known
  }
}
