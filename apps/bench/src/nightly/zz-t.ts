import { openCrowd } from './rig/crowd.ts';
import { startNode } from './rig/node.ts';
import { History } from './rig/history.ts';
import { openClients } from './rig/live-client.ts';
import { checkHistory } from './rig/check-history.ts';
import { timeUntil } from './rig/wait.ts';
let t0=performance.now(); const say=(w:string)=>console.log(w, Math.round(performance.now()-t0));
const c=await openCrowd({readers:40,authors:24,residences:8}); say('crowd');
const node=await startNode(c.dataDir,c.store); say('node');
const clients=await openClients(c.readers,()=>({url:node.origin,origin:node.origin}));say('clients');
for (let i=0;i<3;i++){
const h=new History();
const asked=c.authors.slice(0,20).map((a)=>h.ask(node.origin,a,{tries:1}));
await Promise.any(asked); say('first');
node.signal('SIGTERM'); await timeUntil(()=>!node.isAlive(),20000); say('gone');
const ans=await Promise.all(asked); console.log(ans.map(a=>a.tries.map(t=>t.status+':'+Math.round(t.tookMs)).join()).join(' '));
await node.restart(); say('restart');
const f=await checkHistory('x',c.store.appUrl,h,clients.slice(1)); say('check');
}
for (const x of clients) x.close();
await node.stop(); say('stop'); await c.store.close(); say('close');
