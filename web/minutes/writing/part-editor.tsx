// The editor of one part: paragraphs, bold, italic, lists. Its tools show while somebody is in it.
import { Collaboration } from '@tiptap/extension-collaboration';
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import Bold from 'lucide-react/icons/bold';
import Italic from 'lucide-react/icons/italic';
import List from 'lucide-react/icons/list';
import ListOrdered from 'lucide-react/icons/list-ordered';
import Redo from 'lucide-react/icons/redo-2';
import Undo from 'lucide-react/icons/undo-2';
import { useWords } from '../../platform/words.ts';
import { ToolBar } from '../../ui/tool-bar.tsx';
import { minutesWords } from '../../words/minutes.ts';
import type { SharedText } from './shared-text.ts';

const kit = StarterKit.configure({
  blockquote: false,
  code: false,
  codeBlock: false,
  heading: false,
  horizontalRule: false,
  link: false,
  strike: false,
  underline: false,
  dropcursor: false,
  gapcursor: false,
  trailingNode: false,
  // The shared text has its own: one undoes what one has written, not what others have.
  undoRedo: false,
});

export function PartEditor({ text, field, label, readOnly }: { text: SharedText; field: string; label: string; readOnly: boolean }) {
  const editor = useEditor(
    {
      extensions: [kit, Collaboration.configure({ document: text.doc, field })],
      // Styles are in minutes.css: the page's policy lets no other in.
      injectCSS: false,
      editable: !readOnly,
      editorProps: { attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true', class: 'prose' } },
    },
    [text, field, label, readOnly],
  );
  return (
    <div className="part-editor" data-readonly={readOnly || undefined}>
      {!readOnly && <Tools editor={editor} />}
      <EditorContent editor={editor} />
    </div>
  );
}

function Tools({ editor }: { editor: Editor }) {
  const w = useWords(minutesWords);
  const on = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      bold: e.isActive('bold'),
      italic: e.isActive('italic'),
      bullets: e.isActive('bulletList'),
      numbers: e.isActive('orderedList'),
    }),
  });
  const tools = [
    { name: w.tools.bold, icon: <Bold aria-hidden />, pressed: on.bold, act: () => editor.chain().focus().toggleBold().run() },
    { name: w.tools.italic, icon: <Italic aria-hidden />, pressed: on.italic, act: () => editor.chain().focus().toggleItalic().run() },
    { name: w.tools.bullets, icon: <List aria-hidden />, pressed: on.bullets, act: () => editor.chain().focus().toggleBulletList().run() },
    { name: w.tools.numbers, icon: <ListOrdered aria-hidden />, pressed: on.numbers, act: () => editor.chain().focus().toggleOrderedList().run() },
    { name: w.tools.undo, icon: <Undo aria-hidden />, act: () => editor.chain().focus().undo().run() },
    { name: w.tools.redo, icon: <Redo aria-hidden />, act: () => editor.chain().focus().redo().run() },
  ];
  return <ToolBar className="part-tools" label={w.tools.label} tools={tools} />;
}
