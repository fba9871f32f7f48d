import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** A funder's feed that answers when the test says so, and says what the test says. */
export interface Feed {
  url: string;
  title: string;
  /** While it holds, whoever asks waits. */
  hold: () => void;
  release: () => void;
  close: () => Promise<void>;
}

export async function openFeed(title: string): Promise<Feed> {
  const waiting: ServerResponse[] = [];
  let holding = false;
  const server = createServer((_, answer) => {
    if (holding) waiting.push(answer);
    else reply(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const reply = (answer: ServerResponse) => {
    answer.setHeader('Content-Type', 'application/rss+xml');
    answer.end(`<?xml version="1.0"?><rss version="2.0"><channel><title>Lantern Fund</title>
<link>https://fund.example.org/</link><description>Calls</description>
<item><guid>https://fund.example.org/calls/1</guid><link>https://fund.example.org/calls/1</link>
<title>${feed.title}</title><description>For networks of three or more.</description>
<pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>`);
  };
  const release = () => {
    holding = false;
    for (const answer of waiting.splice(0)) reply(answer);
  };
  const feed: Feed = {
    url: `http://127.0.0.1:${address.port}/feed`,
    title,
    hold: () => {
      holding = true;
    },
    release,
    close: async () => {
      release();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return feed;
}
