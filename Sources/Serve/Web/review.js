// The review page: one crop at a time or all in a grid, everything by keys.
import { Grid } from './grid.js';

const at = id => document.getElementById(id);
const words = { keep: 'kept', reject: 'put aside', move: 'moved', face: 'another face', add: 'taken in', dismiss: 'not taken' };
let items = [], order = [], labels = [], progress = {}, place = 0, chosenFace = null, grid;
// Whether somebody has done anything yet, and whether the order has become another since what is shown was opened.
let hasActed = false, isReordered = false;
let accuracyTimer, isCounting = false, isStale = false;

async function call(path, body) {
  const response = await fetch(path, body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.detail} ${answer.advice}`);
  return answer;
}

const name = path => path.text ?? path;
const inGrid = () => !at('grid').hidden;
const current = () => items[order[place]];

function say(text) { at('message').textContent = text; }

/// All crops, each with what the grid shows of it; the rest comes with `detail`.
async function load() {
  const { files, suspicions, states, ...rest } = await call('api/items');
  items = files.map((file, id) => ({ id, file, label: name(file).split('/')[0], suspicion: suspicions[id], state: states[id] }));
  ({ order, labels, progress } = rest);
}

/// One crop with its photo and the reasons.
async function detail(id) {
  if (!items[id].why) items[id] = await call(`api/items/${id}`);
  return items[id];
}

function showProgress() {
  const decided = items.filter(item => item.state).length;
  at('progress').textContent = `${decided} of ${items.length} decided`;
  at('ranking').textContent = progress.isRanked ? '' : progress.error ? `not ranked: ${progress.error}`
    : progress.done < progress.total ? `measuring, ${progress.done} of ${progress.total}: in the order of their names until then` : 'ranking';
}

const firstUndecided = () => Math.max(0, order.findIndex(id => !items[id].state));

/// Waits for the ranking. What somebody looks at stays before them; what comes next is the most suspicious.
async function awaitRanking() {
  for (let pause = 100; !progress.isRanked; pause = Math.min(2 * pause, 1000)) {
    await new Promise(resolve => setTimeout(resolve, pause));
    progress = await call('api/progress');
    showProgress();
    if (progress.error) return;
  }
  await line(async () => {
    const shown = order[place], focused = order[grid.focus];
    await load();
    isReordered = hasActed;
    place = hasActed ? Math.max(0, order.indexOf(shown)) : firstUndecided();
    grid.reorder(order, hasActed ? Math.max(0, order.indexOf(focused)) : place);
    if (!inGrid()) await show();
    showProgress();
    refreshAccuracy();
  });
}

/// What a plain model reaches now, asked when nothing has been decided for a while, once at a time.
function refreshAccuracy() {
  clearTimeout(accuracyTimer);
  if (!progress.isRanked) return;
  accuracyTimer = setTimeout(async () => {
    if (isCounting) { isStale = true; return; }
    isCounting = true;
    isStale = false;
    try {
      const { accuracy } = await call('api/accuracy');
      at('accuracy').textContent = accuracy == null ? '' : `a plain model tells ${(100 * accuracy).toFixed(1)} % of them`;
    } catch (error) { say(error.message); }
    isCounting = false;
    if (isStale) refreshAccuracy();
  }, 600);
}

function svg(tag, attributes, text) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

function drawPhoto(item) {
  const picture = at('photo'), photo = item.photo;
  picture.replaceChildren();
  picture.setAttribute('aria-label', photo ? `${name(photo.path)}, ${photo.faces.length} faces` : 'The photo is not known');
  at('photo-name').textContent = photo ? name(photo.path) : 'The photo of this crop is not known.';
  if (!photo) return;
  picture.setAttribute('viewBox', `0 0 ${photo.width} ${photo.height}`);
  picture.append(svg('image', { href: `photos/${item.id}`, width: photo.width, height: photo.height }));
  photo.faces.forEach((face, index) => {
    const style = index === chosenFace ? 'chosen' : index === photo.face ? 'own' : 'face';
    picture.append(svg('rect', { class: style, ...boxOf(face.box) }));
    if (index === photo.face) for (const eye of face.eyes) picture.append(svg('rect', { class: 'eye', ...boxOf(eye) }));
    const size = Math.max(photo.width, photo.height) / 40;
    picture.append(svg('text', { x: face.box.x + size / 4, y: face.box.y + size, 'font-size': size }, String(index + 1)));
  });
}

const boxOf = ({ x, y, width, height }) => ({ x, y, width, height });

async function show() {
  const id = order[place];
  if (id === undefined) return;
  const item = await detail(id);
  at('crop').src = `crops/${item.id}?${encodeURIComponent(name(item.file))}`;
  at('crop').alt = `A face under the label ${item.label}`;
  at('label').textContent = item.label;
  at('file').textContent = name(item.file);
  at('state').textContent = item.state ? words[item.state] : item.suspicion == null ? 'not ranked yet' : `suspicion ${Math.round(100 * item.suspicion)} %`;
  at('state').dataset.state = item.state ?? '';
  at('why').replaceChildren(...item.why.map(reason => Object.assign(document.createElement('li'), { textContent: reason })));
  at('typical-title').textContent = `${progress.isRanked ? 'Typical' : 'Other'} faces of ${item.label}`;
  drawPhoto(item);
  showProgress();
  document.body.dataset.item = item.id;
  const typical = await call(`api/typical/${item.id}`);
  if (current() !== item) return;
  at('typical').replaceChildren(...typical.map(id => Object.assign(new Image(), { src: `thumbnails/${id}`, alt: `A face of ${item.label}` })));
}

function go(step) {
  chosenFace = null;
  place = isReordered && step > 0 ? firstUndecided() : Math.min(Math.max(place + step, 0), order.length - 1);
  isReordered = false;
  return show();
}

function take(changed) {
  for (const item of changed) items[item.id] = item;
  showProgress();
  refreshAccuracy();
  if (inGrid()) grid.draw();
}

async function decide(decision) {
  const ids = inGrid() ? grid.targets : [current().id];
  take((await call('api/decide', { ids, ...decision })).items);
  if (inGrid()) { grid.selected.clear(); grid.go(grid.focus + (ids.length > 1 ? 0 : 1)); } else await go(1);
}

async function undo() {
  const { items: changed, other } = await call('api/undo', {});
  take(changed);
  if (other) say(`${name(other)} is back; reload to see it`);
  else if (!changed.length) say('nothing to undo');
  if (changed.length) { place = order.indexOf(changed[0].id); if (inGrid()) grid.go(place); else await show(); }
}

/// Steps through the photo's other faces; Enter takes the one that is marked.
async function nextFace() {
  const photo = current().photo;
  const others = photo ? photo.faces.map((_, index) => index).filter(index => index !== photo.face) : [];
  if (inGrid() || !others.length) return say(inGrid() ? 'open a crop first, with Enter' : 'the photo has no other face');
  chosenFace = others[(others.indexOf(chosenFace) + 1) % others.length];
  say(`face ${chosenFace + 1}: Enter takes it`);
  drawPhoto(current());
}

function move() {
  at('target').value = inGrid() ? '' : current().other ?? '';
  at('mover').returnValue = 'cancel';
  at('mover').showModal();
  at('target').select();
}

function toggle(id) {
  hasActed = true;
  const toGrid = id === undefined && !inGrid();
  if (id !== undefined) place = order.indexOf(id);
  else if (inGrid()) place = grid.focus;
  chosenFace = null;
  at('grid').hidden = !toGrid;
  at('single').hidden = toGrid;
  at(toGrid ? 'grid' : 'single').focus();
  if (toGrid) grid.go(place); else show().catch(error => say(error.message));
}

const keys = {
  k: () => decide({ action: 'keep' }), r: () => decide({ action: 'reject' }), x: () => decide({ action: 'reject' }),
  m: move, f: nextFace, u: undo, g: () => toggle(),
  n: () => inGrid() ? grid.go(grid.focus + 1) : go(1), p: () => inGrid() ? grid.go(grid.focus - 1) : go(-1),
  ArrowRight: () => go(1), ArrowLeft: () => go(-1), Escape: () => { chosenFace = null; drawPhoto(current()); },
  Enter: () => chosenFace !== null && decide({ action: 'face', face: chosenFace }),
};

/// One thing after the other, so that quick fingers decide in their order.
let queue = Promise.resolve();
let settled = 0;
function line(work) {
  queue = queue.then(work).catch(error => say(error.message));
  return queue;
}

function press(key) {
  if (!keys[key]) return false;
  hasActed = true;
  line(() => { say(''); return keys[key](); }).then(() => { document.body.dataset.idle = String(++settled); });
  return true;
}

document.addEventListener('keydown', event => {
  if (at('mover').open || event.target.matches('input') || (event.target.matches('button') && ['Enter', ' '].includes(event.key))) return;
  if (inGrid() && grid.key(event)) { hasActed = true; return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (press(event.key)) event.preventDefault();
});
for (const button of document.querySelectorAll('[data-key]')) button.addEventListener('click', () => press(button.dataset.key));
at('toggle').addEventListener('click', () => toggle());
at('mover').addEventListener('close', () => {
  const label = at('target').value.trim();
  if (at('mover').returnValue !== 'move' || !label) return;
  keys.moveTo = () => decide({ action: 'move', label });
  press('moveTo');
});

try {
  await load();
  at('labels').replaceChildren(...labels.map(label => Object.assign(document.createElement('option'), { value: label })));
  grid = new Grid(at('grid'), order, id => items[id], id => toggle(id));
  place = firstUndecided();
  at('single').focus();
  await show();
  if (progress.isRanked) refreshAccuracy();
  else awaitRanking().catch(error => say(error.message));
} catch (error) { say(error.message); }
document.documentElement.dataset.ready = 'true';
