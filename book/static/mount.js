import { mountAll } from "./explorers.js";

mountAll();
