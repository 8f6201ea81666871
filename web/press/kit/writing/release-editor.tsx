// The editor of a release: subheadings, bold, italic, lists, quotes, links. What is typed is handed up as blocks.
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import Bold from 'lucide-react/icons/bold';
import Heading from 'lucide-react/icons/heading';
import Italic from 'lucide-react/icons/italic';
import LinkIcon from 'lucide-react/icons/link';
import List from 'lucide-react/icons/list';
import ListOrdered from 'lucide-react/icons/list-ordered';
import Quote from 'lucide-react/icons/quote';
import Redo from 'lucide-react/icons/redo-2';
import Undo from 'lucide-react/icons/undo-2';
import type { ReleaseBlock } from '../../../../shared/press-kit.ts';
import { useWords } from '../../../platform/words.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ToolBar } from '../../../ui/tool-bar.tsx';
import { pressKitWords } from '../../../words/press-kit.ts';
import { blocksOf, docOf, type Node } from './blocks.ts';

const isWeb = (url: string): boolean => /^https?:\/\/[^\s.]+\.\S+$/i.test(url);
const kit = StarterKit.configure({
  code: false,
  codeBlock: false,
  horizontalRule: false,
  strike: false,
  underline: false,
  dropcursor: false,
  gapcursor: false,
  trailingNode: false,
  heading: { levels: [2] },
  link: { openOnClick: false, autolink: false, linkOnPaste: true, isAllowedUri: (url) => isWeb(url) },
});

/** `blocks` is where it begins; afterwards the text is the editor's own. */
export default function ReleaseEditor({
  blocks,
  label,
  onBlocks,
}: {
  blocks: readonly ReleaseBlock[];
  label: string;
  onBlocks: (blocks: ReleaseBlock[]) => void;
}) {
  const editor = useEditor({
    extensions: [kit],
    content: docOf(blocks),
    // Styles are in kit.css: the page's policy lets no other in.
    injectCSS: false,
    editorProps: { attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true', class: 'kit-prose' } },
    onUpdate: ({ editor: e }) => onBlocks(blocksOf(e.getJSON() as Node)),
  });
  return (
    <div className="kit-editor">
      <Tools editor={editor} />
      <EditorContent editor={editor} />
    </div>
  );
}

function Tools({ editor }: { editor: Editor }) {
  const w = useWords(pressKitWords);
  const [linking, setLinking] = useState(false);
  const on = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      heading: e.isActive('heading'),
      bold: e.isActive('bold'),
      italic: e.isActive('italic'),
      bullets: e.isActive('bulletList'),
      numbers: e.isActive('orderedList'),
      quote: e.isActive('blockquote'),
      link: e.isActive('link'),
    }),
  });
  const tools = [
    { name: w.tools.heading, icon: <Heading aria-hidden />, pressed: on.heading, act: () => editor.chain().focus().toggleHeading({ level: 2 }).run() },
    { name: w.tools.bold, icon: <Bold aria-hidden />, pressed: on.bold, act: () => editor.chain().focus().toggleBold().run() },
    { name: w.tools.italic, icon: <Italic aria-hidden />, pressed: on.italic, act: () => editor.chain().focus().toggleItalic().run() },
    { name: w.tools.bullets, icon: <List aria-hidden />, pressed: on.bullets, act: () => editor.chain().focus().toggleBulletList().run() },
    { name: w.tools.numbers, icon: <ListOrdered aria-hidden />, pressed: on.numbers, act: () => editor.chain().focus().toggleOrderedList().run() },
    { name: w.tools.quote, icon: <Quote aria-hidden />, pressed: on.quote, act: () => editor.chain().focus().toggleBlockquote().run() },
    { name: w.tools.link, icon: <LinkIcon aria-hidden />, pressed: on.link, act: () => setLinking(true) },
    { name: w.tools.undo, icon: <Undo aria-hidden />, act: () => editor.chain().focus().undo().run() },
    { name: w.tools.redo, icon: <Redo aria-hidden />, act: () => editor.chain().focus().redo().run() },
  ];
  return (
    <>
      <ToolBar className="kit-tools" label={w.tools.label} tools={tools} />
      {/* Outside the page's form: a browser tells nobody of a form sent within a form, and loads the page anew. */}
      {linking && createPortal(<LinkDialog editor={editor} onClose={() => setLinking(false)} />, document.body)}
    </>
  );
}

function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const w = useWords(pressKitWords);
  const known = editor.getAttributes('link')['href'] as string | undefined;
  const [address, setAddress] = useState(known ?? 'https://');
  const [wrong, setWrong] = useState(false);
  const nothingChosen = editor.state.selection.empty && known === undefined;
  function submit(event: React.FormEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const href = address.trim();
    if (href !== '' && !isWeb(href)) return setWrong(true);
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href === '') chain.unsetLink().run();
    else chain.setLink({ href }).run();
    onClose();
  }
  return (
    <Dialog title={w.linkTitle} onClose={onClose}>
      {nothingChosen ? (
        <p>{w.linkSelect}</p>
      ) : (
        <form className="stack" onSubmit={submit}>
          <TextField
            label={w.linkAddress}
            hint={w.linkHint}
            error={wrong ? w.linkWrong : undefined}
            inputMode="url"
            value={address}
            onValue={setAddress}
            maxLength={500}
            autoComplete="off"
          />
          <div className="row row-end">
            <Button type="submit" kind="main">
              {w.save}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
