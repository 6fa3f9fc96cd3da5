// What a browser's EventSource does, as far as the OFREP provider uses it. Node 20 has none.
export class FetchEventSource extends EventTarget {
  static open = 0;
  readyState = 0;
  #abort = new AbortController();

  constructor(url) {
    super();
    this.#follow(url);
  }

  close() {
    this.readyState = 2;
    this.#abort.abort();
  }

  async #follow(url) {
    try {
      const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: this.#abort.signal });
      if (response.status !== 200 || !response.headers.get('content-type').startsWith('text/event-stream')) throw new Error(`status ${response.status}`);
      let text = '';
      for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
        if (this.readyState === 0) {
          this.readyState = 1;
          FetchEventSource.open++;
          this.dispatchEvent(new Event('open'));
        }
        text += piece;
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) this.#dispatch(text.slice(0, end));
      }
      throw new Error('the end');
    } catch {
      this.readyState = 2;
      this.dispatchEvent(new Event('error'));
    }
  }

  #dispatch(block) {
    const data = block.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5).trimStart()).join('\n');
    if (data) this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}
