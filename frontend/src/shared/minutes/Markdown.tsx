import { Anchor } from '@mantine/core';
import { findAndReplace } from 'mdast-util-find-and-replace';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import remarkBreaks from 'remark-breaks';
import { mentionsOf } from './mentions';
import classes from './minutes.module.css';

export interface MarkdownProps {
  text: string;
  /** Who is mentioned in it, by name. */
  mentions: readonly string[];
  /** Whether it has to fit into a line of other text. */
  line?: boolean;
}

type Plugin = NonNullable<Options['remarkPlugins']>[number];
type Tree = Parameters<typeof findAndReplace>[0];

/** What a parser of Markdown can be given beside its own rules. */
interface Extensions {
  micromarkExtensions?: unknown[];
  fromMarkdownExtensions?: unknown[];
}

/** An address that is written out becomes a link. */
const addresses: Plugin = function () {
  const data = this.data() as Extensions;
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), gfmAutolinkLiteral()];
  data.fromMarkdownExtensions = [
    ...(data.fromMarkdownExtensions ?? []),
    gfmAutolinkLiteralFromMarkdown(),
  ];
};

/** Names behind an @ are set apart, but in links. */
const named =
  (found: RegExp): Plugin =>
  () =>
  (tree: Tree) =>
    findAndReplace(
      tree,
      [
        found,
        (value: string) => ({
          type: 'emphasis',
          data: { hName: 'span', hProperties: { className: [classes['mention'] ?? ''] } },
          children: [{ type: 'text', value }],
        }),
      ],
      { ignore: ['link', 'linkReference'] },
    );

/** Pages elsewhere and addresses of mail; whatever else a link may do here or run, it does not. */
const allowed = (url: string) => (/^(https?|mailto):/i.test(url) ? url : '');

const components: Components = {
  // The page and its section have the first two ranks.
  h1: 'h3',
  h2: 'h4',
  h3: 'h5',
  h4: 'h6',
  h5: 'h6',
  a: ({ href, children }) =>
    href ? (
      <Anchor href={href} target="_blank" rel="noopener noreferrer nofollow" underline="always">
        {children}
      </Anchor>
    ) : (
      <>{children}</>
    ),
  // A picture from elsewhere would tell its owner who reads this, and when.
  img: ({ alt }) => <>{alt}</>,
};

/** What a line may hold; of all else the words are left. */
const inLine = ['strong', 'em', 'del', 'code', 'span'];

/** Minutes in Markdown. HTML in them is shown as it is written: nothing of it takes effect. */
export default function Markdown({ text, mentions, line = false }: MarkdownProps) {
  const found = mentionsOf(mentions);
  return (
    <ReactMarkdown
      remarkPlugins={[addresses, remarkBreaks, ...(found ? [named(found)] : [])]}
      urlTransform={allowed}
      components={components}
      {...(line && { allowedElements: inLine, unwrapDisallowed: true })}
    >
      {text}
    </ReactMarkdown>
  );
}
