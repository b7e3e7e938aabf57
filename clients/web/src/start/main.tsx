import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { parseAddress } from "../shared/address";
import "../shared/base.css";
import { StartPage } from "./StartPage";
import "./start.css";

const page = document.getElementById("page");
if (page !== null) {
  const { language } = parseAddress(location.search);
  createRoot(page).render(
    <StrictMode>
      <StartPage language={language} here={new URL(location.href)} />
    </StrictMode>,
  );
}
