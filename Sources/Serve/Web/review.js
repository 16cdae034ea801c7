// The review page: one crop at a time or all in a grid, everything by keys.
import { Grid } from './grid.js';

const at = id => document.getElementById(id);
const words = { keep: 'kept', reject: 'put aside', move: 'moved', face: 'another face', add: 'taken in', dismiss: 'not taken' };
let items = [], order = [], labels = [], place = 0, chosenFace = null, grid, accuracyTimer;

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

function showProgress() {
  const decided = items.filter(item => item.state).length;
  at('progress').textContent = `${decided} of ${items.length} decided`;
}

/// What a plain model reaches now, asked when nothing has been decided for a while.
function refreshAccuracy() {
  clearTimeout(accuracyTimer);
  accuracyTimer = setTimeout(async () => {
    try {
      const { accuracy } = await call('api/accuracy');
      at('accuracy').textContent = accuracy == null ? '' : `a plain model tells ${(100 * accuracy).toFixed(1)} % of them`;
    } catch (error) { say(error.message); }
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
  const item = current();
  if (!item) return;
  at('crop').src = `crops/${item.id}?${encodeURIComponent(name(item.file))}`;
  at('crop').alt = `A face under the label ${item.label}`;
  at('label').textContent = item.label;
  at('file').textContent = name(item.file);
  at('state').textContent = item.state ? words[item.state] : `suspicion ${Math.round(100 * item.suspicion)} %`;
  at('state').dataset.state = item.state ?? '';
  at('why').replaceChildren(...item.why.map(reason => Object.assign(document.createElement('li'), { textContent: reason })));
  at('typical-title').textContent = `Typical faces of ${item.label}`;
  drawPhoto(item);
  showProgress();
  document.body.dataset.item = item.id;
  const typical = await call(`api/typical/${item.id}`);
  if (current() !== item) return;
  at('typical').replaceChildren(...typical.map(id => Object.assign(new Image(), { src: `thumbnails/${id}`, alt: `A typical face of ${item.label}` })));
}

function go(step) {
  chosenFace = null;
  place = Math.min(Math.max(place + step, 0), order.length - 1);
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
  const toGrid = id === undefined && !inGrid();
  if (id !== undefined) place = order.indexOf(id);
  else if (inGrid()) place = grid.focus;
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

/// One key after the other, so that quick fingers decide in their order.
let queue = Promise.resolve();
function press(key) {
  if (!keys[key]) return false;
  queue = queue.then(() => { say(''); return keys[key](); }).catch(error => say(error.message));
  queue.then(() => { document.body.dataset.idle = String(++settled); });
  return true;
}
let settled = 0;

document.addEventListener('keydown', event => {
  if (at('mover').open || event.target.matches('input') || (event.target.matches('button') && ['Enter', ' '].includes(event.key))) return;
  if (inGrid() && grid.key(event)) return;
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
  ({ items, order, labels } = await call('api/items'));
  at('labels').replaceChildren(...labels.map(label => Object.assign(document.createElement('option'), { value: label })));
  grid = new Grid(at('grid'), order, id => items[id], id => toggle(id));
  place = Math.max(0, order.findIndex(id => !items[id].state));
  at('single').focus();
  await show();
  refreshAccuracy();
} catch (error) { say(error.message); }
document.documentElement.dataset.ready = 'true';
