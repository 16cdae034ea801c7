// A grid of all crops of which only the visible rows exist as elements, so that 20,000 of them scroll as 200 do.

const cell = { width: 112, height: 136 };

export class Grid {
  /// `order`: ids from first to last; `item(id)`: the item; `open(id)`: shows one alone.
  constructor(element, order, item, open) {
    Object.assign(this, { element, order, item, open, focus: 0, anchor: 0, top: 0, selected: new Set(), cells: new Map() });
    this.space = document.createElement('div');
    this.space.setAttribute('role', 'presentation');
    element.append(this.space);
    element.addEventListener('scroll', () => this.fill(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(element);
    element.addEventListener('click', event => {
      const target = event.target.closest('.cell');
      if (!target) return;
      this.go(Number(target.dataset.place), event.shiftKey, event.ctrlKey || event.metaKey);
    });
    element.addEventListener('dblclick', event => event.target.closest('.cell') && this.open(this.order[this.focus]));
  }

  get columns() { return Math.max(1, Math.floor(this.element.clientWidth / cell.width)); }

  /// The ids that a key acts on: the selected ones, else the one in focus.
  get targets() { return this.selected.size ? [...this.selected] : [this.order[this.focus]]; }

  /// Moves the focus; with `extend` everything from the anchor to it is selected, with `toggle` it is added or taken away.
  go(place, extend = false, toggle = false) {
    this.focus = Math.min(Math.max(place, 0), this.order.length - 1);
    const id = this.order[this.focus];
    if (extend) {
      const [from, to] = [this.anchor, this.focus].sort((a, b) => a - b);
      this.selected = new Set(this.order.slice(from, to + 1));
    } else {
      this.anchor = this.focus;
      if (!toggle) this.selected.clear();
      else if (!this.selected.delete(id)) this.selected.add(id);
    }
    this.reveal();
  }

  /// Takes another order of the same ids; what is selected stays selected.
  reorder(order, focus) {
    Object.assign(this, { order, focus, anchor: focus });
    this.reveal();
  }

  /// Scrolls to the focus, as little as is needed.
  reveal() {
    const top = Math.floor(this.focus / this.columns) * cell.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    if (top + cell.height > scrollTop + clientHeight) this.element.scrollTop = top + cell.height - clientHeight;
    this.draw();
  }

  /// Keys of the grid alone; whether it was one.
  key(event) {
    const rows = Math.max(1, Math.floor(this.element.clientHeight / cell.height));
    const steps = {
      ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.columns, ArrowUp: -this.columns,
      PageDown: rows * this.columns, PageUp: -rows * this.columns, Home: -this.focus, End: this.order.length,
    };
    if (event.key in steps) this.go(this.focus + steps[event.key], event.shiftKey);
    else if (event.key === ' ') this.go(this.focus, false, true);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) { this.selected = new Set(this.order); this.draw(); }
    else if (event.key === 'Escape') { this.selected.clear(); this.draw(); }
    else if (event.key === 'Enter') this.open(this.order[this.focus]);
    else return false;
    event.preventDefault();
    return true;
  }

  /// Shows everything anew.
  draw() {
    if (this.element.hidden || !this.element.clientHeight) return;
    this.space.style.height = `${Math.ceil(this.order.length / this.columns) * cell.height}px`;
    this.fill(true);
    this.element.setAttribute('aria-activedescendant', `cell-${this.focus}`);
  }

  /// Makes the elements of the visible rows and drops all others; those that stay are left alone unless `isStale`: a scroll makes a few new
  /// ones a frame and lays out nothing else. What flies past gets no pictures: those where it ends would come after them.
  fill(isStale = false) {
    const { columns, order } = this, { scrollTop, clientHeight } = this.element;
    if (!clientHeight) return;
    const isFlying = Math.abs(scrollTop - this.top) > clientHeight / 2 && !isStale;
    this.top = scrollTop;
    clearTimeout(this.landing);
    // Pictures come when nothing has moved for a tenth of a second.
    if (isFlying) this.landing = setTimeout(() => this.fill(true), 100);
    const first = Math.max(0, Math.floor(scrollTop / cell.height) - 1) * columns;
    const last = Math.min(order.length, (Math.ceil((scrollTop + clientHeight) / cell.height) + 1) * columns);
    for (const [place, node] of this.cells) if (place < first || place >= last) this.drop(place, node);
    for (let place = first; place < last; place++) {
      const node = this.cells.get(place);
      if (!node) this.show(place, this.make(place), columns, !isFlying);
      else if (isStale || !isFlying && !node.firstChild.hasAttribute('src')) this.show(place, node, columns, true);
    }
  }

  /// Takes an element away; its picture, where it has not come yet, is no longer waited for.
  drop(place, node) {
    node.remove();
    node.firstChild.removeAttribute('src');
    this.cells.delete(place);
  }

  /// A new element, still empty.
  make(place) {
    const node = document.createElement('div');
    node.className = 'cell';
    node.dataset.place = place;
    node.id = `cell-${place}`;
    node.setAttribute('role', 'option');
    node.setAttribute('aria-posinset', place + 1);
    node.setAttribute('aria-setsize', this.order.length);
    node.append(Object.assign(document.createElement('img'), { decoding: 'async' }), document.createElement('span'));
    this.element.append(node);
    this.cells.set(place, node);
    return node;
  }

  /// Writes into an element what its item is now.
  show(place, node, columns, hasPicture) {
    const item = this.item(this.order[place]);
    const picture = `thumbnails/${item.id}?${encodeURIComponent(item.file.text ?? item.file)}`;
    if (hasPicture && node.firstChild.getAttribute('src') !== picture) node.firstChild.src = picture;
    const percent = item.suspicion == null ? '' : `${Math.round(100 * item.suspicion)} %`;
    node.firstChild.alt = percent ? `${item.label}, suspicion ${percent}` : item.label;
    node.lastChild.textContent = `${percent} ${item.label}`;
    node.style.left = `${(place % columns) * cell.width + 4}px`;
    node.style.top = `${Math.floor(place / columns) * cell.height + 4}px`;
    node.classList.toggle('selected', this.selected.has(item.id));
    node.classList.toggle('focused', place === this.focus);
    node.setAttribute('aria-selected', this.selected.has(item.id));
    node.dataset.state = item.state ?? '';
  }
}
