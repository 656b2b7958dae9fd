import { openDatabase } from '#src/database/client.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { readExportRows } from '#src/exports/rows.ts'
import { plainCsv } from '#src/exports/csv.ts'
import { xlsx } from '#src/exports/xlsx.ts'
import { readFileSync } from 'node:fs'
import { heapStats } from 'bun:jsc'
const server = await acquirePrivateServer({ dataDir: '/tmp/exports5/big', say: () => {} })
const { db, close } = openDatabase(server.url)
let worst=0, over8=0,last=performance.now(); const tick=()=>{const t=performance.now(),l=t-last-2;last=t;if(l>worst)worst=l;if(l>8)over8++;setTimeout(tick,2).unref()}; setTimeout(tick,2).unref()
const GC=process.env.GC
for (const f of (process.env.F??'csv,xlsx').split(',')) {
  const t=performance.now(), c=process.cpuUsage(); let bytes=0,n=0; worst=0;over8=0; let peakHeap=0
  await inSnapshot(db, async (tx)=>{
    const rows=readExportRows(tx,{filter:{},scope:[{id:1,code:'GENSET',balance:0n},{id:2,code:'TUG_ASSIST',balance:0n}] as never,reach:undefined,zone:'Asia/Makassar',signal:new AbortController().signal})
    const counted=async function*(){for await(const r of rows){const b=Math.floor(n/10000);n+=r.length; if(GC && Math.floor(n/10000)!==b){ if(GC==='sync')Bun.gc(true); else if(GC==='async')Bun.gc(false)} yield r}}
    const facts={filterWords:'',madeAt:'2026-11-01T08:00',zoneLabel:'WITA',madeBy:'W',chains:[]} as never
    for await (const chunk of f==='csv'?plainCsv(counted()):xlsx(counted(),facts)) bytes+=chunk.length
  })
  const u=process.cpuUsage(c)
  const peak=Math.round(Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status','utf8'))?.[1])*1024/1e6)
  const h=heapStats()
  console.log(f,'rows',n,'s',((performance.now()-t)/1000).toFixed(1),'cpu user',(u.user/1e6).toFixed(1),'sys',(u.system/1e6).toFixed(1),'MB',(bytes/1e6).toFixed(0),'peak',peak,'heap',(h.heapSize/1e6).toFixed(0),(h.heapCapacity/1e6).toFixed(0),'extra',(h.extraMemorySize/1e6).toFixed(0),'lag worst',worst.toFixed(0),'over8',over8)
}
await close(); await server.release(); process.exit(0)
