import pgm from "pg";
const times=new Map<string,{n:number,ms:number}>();
if (process.env.T) { const q=pgm.Client.prototype.query as any; (pgm.Client.prototype as any).query=function(...a:any[]){ const name=typeof a[0]==="string"?a[0].slice(0,30):(a[0].name??a[0].text?.slice(0,40)); const s=performance.now(); const r=q.apply(this,a); if(r?.then) r.then(()=>{const t=times.get(name)??{n:0,ms:0}; t.n++; t.ms+=performance.now()-s; times.set(name,t);},()=>{}); return r; }; }
import { randomUUID } from "node:crypto";
import { providerById } from "@countersign/core";
import { sampleDeliveries } from "@countersign/core/testing";
import { startPostgres } from "@countersign/postgres";
import { openStore, record } from "./src/index.ts";
const pg = await startPostgres({ dataDir: "/tmp/prof-pg", durable: true, removeOnStop: true });
const N = Number(process.argv[2] ?? 2000), conc = 128, queues = Number(process.argv[3] ?? 3);
const opt = JSON.parse(process.argv[4] ?? "{}");
const p = providerById("docusign")!;
const secrets = ["s"]; const settings = p.settings.parse({});
const kinds = [{kind:"sent"},{kind:"viewed",recipientKey:"1"},{kind:"signed",recipientKey:"1"},{kind:"viewed",recipientKey:"2"},{kind:"signed",recipientKey:"2"},{kind:"completed"}];
const reqs:any[] = [];
const t0 = Date.now() - 3600e3;
const lives:any[][] = [];
for (let c=0;c<N;c++){ const walk={externalId:randomUUID(),title:"Master services agreement "+c,sender:{name:"Dana Reyes",email:"dana.reyes@northgate.example"},fields:{hubspot_deal_id:String(1000+c)},recipients:[{key:"1",name:"Ken Ito",email:"ken.ito@example.com",order:1},{key:"2",name:"Noor Haddad",email:"noor.haddad@example.com",order:2}]};
 const steps=kinds.map((s,i)=>({...s,at:new Date(t0+i*60e3)})) as any;
 lives.push(steps.map((_:any,i:number)=>sampleDeliveries("docusign","s",walk as any,steps.slice(0,i+1))).flat()); }
// interleave windows of 200 contracts
for (let w=0;w<N;w+=200){ const win=lives.slice(w,w+200); const most=Math.max(...win.map(l=>l.length)); for(let i=0;i<most;i++) for(const l of win) if(l[i]) reqs.push(l[i]); }
console.log("requests", reqs.length, "mean body", reqs.reduce((a,r)=>a+r.body.length,0)/reqs.length, "per contract", reqs.length/N);
let t=performance.now(); let facts=0; for(const r of reqs.slice(0,3000)){ p.verify(r,{secrets,settings,now:new Date()}); } console.log("verify us", (performance.now()-t)*1000/Math.min(3000,reqs.length));
t=performance.now(); for(const r of reqs.slice(0,3000)){ const n=p.normalize(r,{settings,receivedAt:new Date()}) as any; facts+=n.reports.flatMap((x:any)=>x.facts).length } console.log("normalize us", (performance.now()-t)*1000/Math.min(3000,reqs.length), "facts", facts/Math.min(3000,reqs.length));
const store = await openStore({ url: pg.url, applicationName:"prof", ...opt });
for (const q of ["slack","hubspot","salesforce"].slice(0,queues)) { await store.queue.createQueue(q,{notify:true}); await store.queue.subscribe("contract.changed",q); }
for (const sql of (process.argv[5] ?? "").split(";").filter(Boolean)) await store.database.query(sql);
let i=0; const cpu0=process.cpuUsage(); const started=performance.now(); const lat:number[]=[];
const { readFileSync } = await import("node:fs");
const pgcpu=()=>{ let s=0; for(const pid of readFileSync(`/proc/${pg.pid}/task/${pg.pid}/children`,"utf8").trim().split(" ").concat(String(pg.pid))){ try{const f=readFileSync(`/proc/${pid}/stat`,"utf8").split(") ")[1].split(" "); s+=Number(f[11])+Number(f[12]);}catch{} } return s*10; };
const pg0=pgcpu();
await Promise.all(Array.from({length:conc},async()=>{ for(;;){ const r=reqs[i++]; if(!r) return; const s=performance.now(); const n=p.normalize(r,{settings,receivedAt:new Date()}); await record(store,{source:"docusign",provider:"docusign",request:r,secretIndex:0,bodyProof:"signature",claimsEndings:false,receivedAt:new Date(),via:"webhook"},n); lat.push(performance.now()-s);} }));
const ms=performance.now()-started; const cpu=process.cpuUsage(cpu0); lat.sort((a,b)=>a-b);
console.log({perSecond:Math.round(reqs.length/ms*1000), p50:lat[lat.length>>1].toFixed(1), p99:lat[Math.floor(lat.length*.99)].toFixed(1), nodeUs:Math.round((cpu.user+cpu.system)/reqs.length), pgUs:Math.round((pgcpu()-pg0)*1000/reqs.length)});
const {rows}=await store.database.query("select (select count(*) from deliveries) d,(select count(*) from events) e,(select count(*) from contracts) c,(select count(*) from countersign_queue.job) j, (select sum(version) from contracts) v"); console.log(rows[0]);
if(process.env.T) console.table([...times].map(([k,v])=>({k:k.replace(/\s+/g," "),n:v.n,ms:Math.round(v.ms),per:+(v.ms/v.n).toFixed(2)})).sort((a,b)=>b.ms-a.ms).slice(0,16));
await store.close(); await pg.stop(); process.exit(0);
