//! The forms of a page, as a browser sends them.

/// A form that is posted: all between its tags, and its own.
#[derive(Clone, Copy)]
pub(crate) struct Form<'a>(&'a str);

impl<'a> Form<'a> {
    /// Those of a page, in order.
    pub(crate) fn all(html: &'a str) -> impl Iterator<Item = Self> {
        let forms = html.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next());
        forms.map(Self).filter(|form| attribute(form.0, "method") == Some("post"))
    }

    /// The first that says this with its `action`, by a button or by itself.
    pub(crate) fn with_button(html: &'a str, button: &str) -> Option<Self> {
        let says = |tag: &str| attribute(tag, "name") == Some("action") && attribute(tag, "value") == Some(button);
        Self::all(html).find(|form| form.tags("button").chain(form.tags("input")).any(says))
    }

    /// Where it is posted.
    pub(crate) fn action(self) -> Option<String> {
        attribute(self.0.split('>').next()?, "action").map(unescaped)
    }

    /// What it sends that nobody sees.
    pub(crate) fn hidden(self) -> impl Iterator<Item = (String, String)> {
        let fields = self.tags("input").filter(|tag| attribute(tag, "type") == Some("hidden"));
        fields.filter_map(|tag| Some((attribute(tag, "name")?.to_owned(), unescaped(attribute(tag, "value")?))))
    }

    fn tags(self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.split('<').filter_map(|rest| rest.split('>').next()).filter(move |tag| tag.split_whitespace().next() == Some(name))
    }
}

/// The value of an attribute within a tag.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let opening = format!(" {name}=\"");
    tag.split_once(&opening)?.1.split('"').next()
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
