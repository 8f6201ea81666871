// The office's page starts here. The room is a page of its own (room.html).
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/fonts.css';
import './ui/base.css';
import './app.css';
import { App } from './app.tsx';
import { startLanguage } from './platform/language.ts';

startLanguage();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
