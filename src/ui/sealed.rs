//! What is kept from the person who looks.

use super::icon::Icon;
use leptos::prelude::*;

/// A sealed block: what is hidden, from whom and why (`reason`); the children say how to ask for it.
#[component]
pub fn SealedBlock(
    #[prop(into)] what: String,
    #[prop(into)] reason: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="sealed-block">
            <p class="sealed-title"><Icon name="lock"/><span>{what}</span></p>
            <p class="muted">{reason}</p>
            {children.map(|children| children())}
        </div>
    }
}
